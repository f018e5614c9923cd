/** Another route or other times for a shift. */

import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Kept } from '../../port';
import type { Route, Shift } from '../../sync/contract.gen';
import { type Key, say } from '../../words';
import { clock } from '../../words/moments';
import { planned } from './deeds';
import { DeskRoom } from './room';

/**
 * @fires planned - `detail` is the whole new plan
 * @fires closed - nothing is to be changed
 */
@customElement('kezek-shift-form')
export class ShiftForm extends DeskRoom {
  static override styles = [
    ...DeskRoom.styles,
    css`
      form {
        display: grid;
        gap: var(--s2);
        padding: var(--s3);
        border: 1px solid var(--edge);
        border-radius: var(--r1);
      }
      label {
        font-size: var(--t-xs);
        font-weight: 620;
      }
      input {
        display: block;
        inline-size: 100%;
        margin-block-start: 2px;
        font-size: 0.875rem;
        font-weight: 400;
      }
      .pair {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s2);
      }
      .pair > label {
        flex: 1 1 6rem;
      }
    `,
  ];

  @property({ attribute: false }) shift!: Kept<Shift>;
  @state() private fault: Key | '' = '';

  override render() {
    const { body } = this.shift;
    const codes = this.app
      .all<Route>('route')
      .filter((one) => one.body.district === body.district)
      .map((one) => one.body.code)
      .sort();
    const patrol = (body.post ?? 'patrol') === 'patrol';
    return html`<form aria-label=${say('deed_change')} @submit=${this.#submit}>
      ${
        patrol
          ? html`<label>${say('deed_route')}
              <input id="route" list="codes" maxlength="24" autocomplete="off" .value=${this.names.route(body.route)} />
              <datalist id="codes">${codes.map((code) => html`<option value=${code}></option>`)}</datalist>
            </label>`
          : nothing
      }
      <div class="pair">
        <label>${say('deed_starts')}<input id="starts" maxlength="5" .value=${clock(body.starts)} /></label>
        <label>${say('deed_ends')}<input id="ends" maxlength="5" .value=${clock(body.ends)} /></label>
      </div>
      ${this.fault ? html`<p class="alert bad" role="alert">${say(this.fault)}</p>` : nothing}
      <div class="pair">
        <button class="do main">${say('deed_save')}</button>
        <button type="button" class="do" @click=${() => this.tell('closed', null)}>${say('cancel')}</button>
      </div>
    </form>`;
  }

  #submit = (event: Event) => {
    event.preventDefault();
    const value = (id: string) =>
      this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';
    const said = { route: value('route'), starts: value('starts'), ends: value('ends') };
    const plan = planned(this.app, this.shift, said);
    if (typeof plan === 'string') this.fault = plan;
    else this.dispatchEvent(new CustomEvent('planned', { detail: plan }));
  };

  override focus() {
    this.renderRoot.querySelector<HTMLInputElement>('input')?.select();
    this.renderRoot.querySelector<HTMLInputElement>('input')?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-shift-form': ShiftForm;
  }
}
