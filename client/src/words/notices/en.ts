/** Web push, in English. */

import type { Words } from './ru';

export const notices: Words = {
  notices: 'Notices',
  notices_label: 'Notify on this device',
  notices_note: 'They come with the app closed, too. They hold no names and no addresses.',
  notices_busy: 'Connecting…',
  notices_failed: 'It could not be turned on. Check the connection and try again.',
  notices_missing: 'This part has not been loaded yet. Go online once.',
  reach: 'State',
  reach_on: 'On, on this device',
  reach_off: 'Off',
  reach_blocked: 'Blocked by the browser',
  reach_unsupported: 'This browser takes no notices. Open Kezek in Chrome, Firefox or Safari.',
  reach_home_screen: 'On iPhone and iPad notices come only to an app on the home screen',

  notices_last: 'Last notice',
  notices_none: 'none yet',
  told_queued: 'waiting to be sent',
  told_sent: 'sent {time}, not yet on the screen',
  told_shown: 'shown: {time}',
  told_opened: 'opened: {time}',
  told_expired: 'did not come in time',
  told_dropped: 'dropped: no longer needed',

  notices_test: 'Send a test',
  test_waiting: 'Sent. Waiting until it is on the screen…',
  test_shown: 'Shown: {time}. The whole way has been tested.',
  test_late: 'It did not come within 30 seconds. Check the connection and Do Not Disturb.',
  test_failed: 'It could not be sent: no connection to the server.',
  test_soon: 'A test was just sent. Wait ten seconds.',

  unblock: 'How to unblock them',
  unblock_ios_1: 'Open the Settings of the phone',
  unblock_ios_2: 'Choose Notifications, then Kezek',
  unblock_ios_3: 'Turn on Allow Notifications',
  unblock_android_1:
    'Tap the sign to the left of the address; of the installed app hold its icon and tap App info',
  unblock_android_2: 'Choose Permissions or Notifications',
  unblock_android_3: 'Allow notifications and come back here',
  unblock_firefox_1: 'Press the lock to the left of the address',
  unblock_firefox_2: 'Take away the block at Send notifications',
  unblock_firefox_3: 'Reload the page and turn notices on again',
  unblock_desktop_1: 'Press the sign to the left of the address',
  unblock_desktop_2: 'Switch Notifications to Allow',
  unblock_desktop_3: 'Reload the page and turn notices on again',

  install: 'Install the app',
  install_note: 'An installed app opens without a network, and the browser keeps its records.',
  install_done: 'The app is installed',
  install_how: 'How to install it',
  install_ios_1: 'Open this page in Safari',
  install_ios_2: 'Tap Share: the square with an arrow up',
  install_ios_3: 'Choose Add to Home Screen, then Add',
  install_ios_4:
    'Open Kezek from the home screen and turn notices on here. It takes iOS 16.4 or later.',
  install_android_1: 'Open the menu of the browser: three dots on top',
  install_android_2: 'Choose Add to Home screen, then Install',
  install_android_3: 'From now on open Kezek by its own icon',
  install_firefox_phone_1: 'Open the menu of Firefox: three dots',
  install_firefox_phone_2: 'Choose Add app to Home screen',
  install_firefox_1:
    'Firefox on a computer installs no apps: pin the tab. Notices come while it is running',
  install_desktop_1: 'Press the install sign at the right of the address bar',
  install_desktop_2: 'Confirm with Install. Kezek opens in a window of its own',
};
