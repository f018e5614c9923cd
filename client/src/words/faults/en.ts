/** What went wrong, in English: what happened, what is safe, what to do. */

import type { Later } from './codes';

export const faults: Record<Later, string> = {
  device_foreign:
    'This phone belongs to another person. The records are safe; ask the administrator.',
  device_revoked:
    'The administrator has revoked this phone. The records are safe; save the outbox as a file and ask them.',
  origin_foreign:
    'The request did not come from Kezek. The records are safe; open the app from its own page.',
  not_json: 'The data were damaged on the way. The records are safe and will be sent again.',
  wrong_shape:
    'The server could not make out the exchange. The records are safe; update the app, and tell the administrator if that does not help.',
  duplicate_key:
    'The exchange says one thing twice, so the server did not take it. The records are safe; update the app.',
  cut: 'The connection broke off during the exchange. Nothing is lost: it will be tried again.',
  too_large: 'Too much was sent at once. The records are safe and will be sent in parts.',
  protocol_unknown:
    'The app is too old for this server. The records are safe; update it, or hand in the outbox as a file.',
  not_found:
    'There is no such thing on the server, or it is not yours to see. The records are safe; if it should be there, tell your supervisor.',
  method_unknown: 'The server does not know this action. The records are safe; update the app.',
  purpose_missing:
    'This record opens only to whoever says why. It is safe; say why and open it again.',
  too_many:
    'Too many records were opened within an hour. All of them are safe; wait, then try again.',
  later: 'The server is busy. Nothing is lost: it will be tried again.',
  server_broken:
    'The server has an error, and has noted it. Nothing is lost: it will be tried again.',
  moved:
    'Others changed this record too, and your edit was joined with theirs. Nothing is lost; check what came of it.',
  lost: 'By the rules another edit stands. Yours is kept; compare, and send yours again if it is right.',
  ask: 'One thing was written in two different ways. Both are kept; a supervisor decides: ask if it is urgent.',
  merged_invalid:
    'Together the two edits would break the rules of the record. Both are kept; a supervisor decides: ask if it is urgent.',
  contract_newer:
    'The record was made by an app newer than the server. It is kept and will be taken when the server is updated; there is nothing to do.',
  kind_unknown: 'The server does not know this kind of record. It is kept; update the app.',
  field_unknown:
    'The record has a field that the server does not know. It is kept; update the app and send it again.',
  field_wrong:
    'A field has a value that is not allowed. The record is kept; correct the field and send it again.',
  not_allowed:
    'Your role may not do this. The record is kept; if you should have the right, ask the administrator and send it again.',
  not_own:
    'This record is neither of your sector nor of your shift. It is kept; ask your supervisor.',
  right_lost:
    'Your right to this record ended while you were offline. It is kept; your supervisor decides: ask them.',
  record_exists:
    'The server has this record already. Both are kept; compare them and leave it as it is if all is right.',
  record_unknown:
    'The record that you changed is not on the server. Your edit is kept; tell your supervisor.',
  base_ahead:
    'What this record builds on has not reached the server yet. It is kept and will be taken by itself when that comes; leave the phone connected.',
  over_refused:
    'An earlier edit of this record was not taken, so this one waits too. Both are kept; correct the record and send it again.',
  signed:
    'A signed record is not changed. It is intact and your edit is kept; ask your supervisor or write a new record.',
  wrong_step:
    'The record’s present state does not allow this. Nothing is lost; look at what is on the server now.',
  double_booked:
    'The person already has a shift at that time. The plan is kept; choose another time or another person.',
  group_broken:
    'Records that belong together did not arrive together. All are kept; send them again.',
  group_refused:
    'A record that belongs with this one was not taken. Both are kept; correct that one and both will leave.',
  unreadable:
    'The record was damaged and the server cannot read it. It is kept as it came; check it and send it again.',
  not_canonical:
    'The record is not in the agreed form. It is kept; update the app and send it again.',
  author_foreign:
    'The record was written in another person’s name. It is kept; sign in as yourself or ask the administrator.',
  fork: 'This phone has a copy, and the server does not know which to believe. All records are kept; take the phone to the administrator.',
  handler_failed:
    'The server failed on this record. It is kept there whole and the administrator will look at it; there is nothing to do.',
  void: 'This record did not survive in the phone. The others are safe; if you remember it, write it again.',
};
