/** Today's shift: the route over the city, who is beside me, and how long it still lasts. */

import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../parts/icon';
import type { Kept } from '../port';
import type { Offence, Person, Route, Shift } from '../sync/contract.gen';
import { named, say } from '../words';
import { clock, date, same_day, span } from '../words/moments';
import { logs_assists, logs_violations } from './roles';
import { Screen } from './screen';
import '../parts/empty-note';
import '../parts/page-head';
import './shift-map';

@customElement('kezek-shift')
export class ShiftScreen extends Screen {
  static override styles = [
    ...Screen.styles,
    css`
      ol .row {
        min-block-size: 52px;
      }
    `,
  ];

  #minute = 0;

  override connectedCallback() {
    super.connectedCallback();
    this.#minute = window.setInterval(() => this.requestUpdate(), 30_000);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.clearInterval(this.#minute);
  }

  override render() {
    const shift = this.app.shift();
    return shift ? this.#shift(shift) : this.#none();
  }

  #none() {
    const packed = this.app.truth().as_of > 0;
    const assists = logs_assists(this.app.me()?.role ?? '');
    const note = assists ? 'no_shift_note_assist' : 'no_shift_note';
    return html`<kezek-page-head .heading=${say('shift')} .lines=${[date(this.app.now())]}>
      </kezek-page-head>
      <div class="body">
        <kezek-empty-note
          .picture=${packed ? 'shift' : 'phone'}
          .tone=${packed ? 'act' : 'warn'}
          .heading=${say(packed ? 'no_shift' : 'not_packed')}
          .text=${say(packed ? note : 'not_packed_note')}
        ></kezek-empty-note>
      </div>
      ${this.#deed()}`;
  }

  #shift(shift: Kept<Shift>) {
    const route = this.app.record<Route>('route', shift.body.route);
    return html`<kezek-page-head
        .heading=${route?.body.code ?? say('shift')}
        .lines=${[this.#about(route?.body ?? null), this.#times(shift.body)]}
      ></kezek-page-head>
      <div class="body">
        ${
          route
            ? html`<kezek-shift-map
                .app=${this.app}
                .shift=${shift}
                .route=${route}
                .now=${this.app.now()}
              ></kezek-shift-map>`
            : shift.body.route
              ? this.#route_missing()
              : nothing
        }
        ${this.#facts(shift.body)} ${route ? this.#checkpoints(route.body) : nothing}
      </div>
      ${this.#deed()}`;
  }

  #about(route: Route | null): string {
    if (!route) return '';
    return `${named(route, 'name')} · ${say(route.means === 'foot' ? 'on_foot' : 'by_vehicle')}`;
  }

  #times(shift: Shift): string {
    const today = same_day(shift.starts, this.app.now());
    const day = today ? '' : `${date(shift.starts)}, `;
    return `${day}${clock(shift.starts)}–${clock(shift.ends)} · ${this.#left(shift)}`;
  }

  #left(shift: Shift): string {
    const now = this.app.now();
    if (shift.state === 'cancelled') return say('shift_cancelled');
    if (now < shift.starts) return say('shift_starts_in', { span: span(shift.starts - now) });
    if (now < shift.ends) return say('shift_left', { span: span(shift.ends - now) });
    return say('shift_over');
  }

  #route_missing() {
    return html`<p class="alert">${icon('alert', 22)}<span>${say('route_missing')}</span></p>`;
  }

  #facts(shift: Shift) {
    const n = this.app.all<Offence>('offence').length;
    return html`<div class="card">
      ${
        shift.crew.length === 0
          ? this.#row('person', say('alone'), '')
          : shift.crew.map((id) => this.#partner(id))
      }
      ${
        this.app.truth().as_of > 0 && n > 0
          ? this.#row(
              'check',
              say('packed'),
              say('packed_note', { n: say('articles_count', { n }) }),
              'good',
            )
          : nothing
      }
    </div>`;
  }

  #partner(id: string) {
    const partner = this.app.record<Person>('person', id)?.body;
    if (!partner) return this.#row('person', say('partner'), say('partner_unknown'));
    return this.#row(
      'people',
      partner.name,
      `${say('partner')} · ${partner.unit}`,
      'act',
      partner.call_sign,
    );
  }

  #row(mark: 'person' | 'people' | 'check', title: string, note: string, tone = '', end = '') {
    return html`<div class="row">
      <span class="mark ${tone}">${icon(mark, 19)}</span>
      <div>${title}${note ? html`<small>${note}</small>` : nothing}</div>
      ${end ? html`<em>${end}</em>` : nothing}
    </div>`;
  }

  #checkpoints(route: Route) {
    return html`<h2 class="label">${say('checkpoints')}</h2>
      <ol class="card">
        ${route.checkpoints.map(
          (point) => html`<li class="row">
            <span class="mark act">${point.number}</span>
            <div>${named(point, 'name')}</div>
          </li>`,
        )}
      </ol>`;
  }

  #deed() {
    const role = this.app.me()?.role ?? '';
    if (!logs_violations(role) && !logs_assists(role)) return nothing;
    const deed = logs_violations(role) ? 'log_violation' : 'log_assist';
    return html`<div class="deed">
      <button type="button" class="big" @click=${() => this.go('/log')}>
        ${icon('log', 24)}${say(deed)}
      </button>
    </div>`;
  }
}
