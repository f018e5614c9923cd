/** The Log tab: a violation for who keeps order by office, an assist for who helps. */

import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { say } from '../words';
import { logs_assists, logs_violations } from './roles';
import { Screen } from './screen';
import '../parts/empty-note';
import '../parts/page-head';
import './assist';
import './violation';

@customElement('kezek-log')
export class LogScreen extends Screen {
  static override styles = [
    ...Screen.styles,
    css`
      kezek-violation,
      kezek-assist {
        flex: 1;
      }
    `,
  ];

  override render() {
    const role = this.app.me()?.role ?? '';
    if (logs_violations(role)) return html`<kezek-violation .app=${this.app}></kezek-violation>`;
    if (logs_assists(role)) return html`<kezek-assist .app=${this.app}></kezek-assist>`;
    return html`<kezek-page-head .heading=${say('tab_log')}></kezek-page-head>
      <div class="body">
        <kezek-empty-note
          picture="log"
          .heading=${say('role_no_log')}
          .text=${say('role_no_log_note')}
        ></kezek-empty-note>
      </div>`;
  }

  override focus() {
    this.renderRoot
      .querySelector<HTMLElement>('kezek-violation, kezek-assist, kezek-page-head')
      ?.focus();
  }
}
