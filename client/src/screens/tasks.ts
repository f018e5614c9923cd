/** What wants a person's attention: letters that are stuck, and records sent back. */

import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../parts/icon';
import { wants_attention } from '../parts/letter-row';
import type { Kept, Sent } from '../port';
import type { Violation } from '../sync/contract.gen';
import { say } from '../words';
import { reason } from '../words/faults';
import { moment } from '../words/moments';
import { Screen } from './screen';
import { title_of } from './titles';
import '../parts/empty-note';
import '../parts/page-head';

@customElement('kezek-tasks')
export class TasksScreen extends Screen {
  override render() {
    const stuck = this.app.outbox().filter(({ state }) => wants_attention(state));
    const returned = this.#returned();
    const n = stuck.length + returned.length;
    return html`<kezek-page-head
        .heading=${say('tasks')}
        .lines=${n > 0 ? [say('tasks_attention', { n })] : []}
      ></kezek-page-head>
      <div class="body">${n > 0 ? this.#list(stuck, returned) : this.#none()}</div>`;
  }

  #returned(): Kept<Violation>[] {
    const me = this.app.me()?.person;
    return this.app
      .all<Violation>('violation')
      .filter(({ body }) => body.officer === me && body.state === 'returned');
  }

  #none() {
    return html`<kezek-empty-note
      picture="check"
      tone="good"
      .heading=${say('tasks_none')}
      .text=${say('tasks_none_note')}
    ></kezek-empty-note>`;
  }

  #list(stuck: readonly Sent[], returned: readonly Kept<Violation>[]) {
    const now = this.app.now();
    return html`${returned.length ? html`<ul class="card">${returned.map((one) => this.#back(one, now))}</ul>` : nothing}
      ${
        stuck.length
          ? html`<div class="card" role="list">
            ${stuck.map(
              (sent) => html`<kezek-letter-row
                role="listitem"
                .heading=${title_of(this.app, sent)}
                .state=${sent.state}
                .why=${reason(sent.code || 'held')}
                .when=${moment(sent.at, now)}
              ></kezek-letter-row>`,
            )}
          </div>`
          : nothing
      }`;
  }

  #back({ id, body }: Kept<Violation>, now: number) {
    return html`<li class="row">
      <span class="mark warn">${icon('back', 19)}</span>
      <div>
        ${title_of(this.app, { kind: 'violation', id, title: '' })}
        <small>${say('returned')}</small>
      </div>
      <time>${moment(body.happened, now)}</time>
    </li>`;
  }
}
