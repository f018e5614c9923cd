/** What `?` shows: the same table that binds the keys. */

import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { desk_look } from '../../parts/desk/look';
import { look } from '../../parts/look';
import type { Role } from '../../sync/contract.gen';
import { type Key, say } from '../../words';
import { cap_of, KEYS } from './keys';
import { rooms_for } from './rooms';

/**
 * @fires closed - it was closed by a key or a button
 */
@customElement('kezek-help')
export class Help extends LitElement {
  static override styles = [
    look,
    desk_look,
    css`
      dialog {
        inline-size: min(760px, calc(100vw - 32px));
        max-block-size: calc(100vh - 64px);
        padding: var(--s4) var(--s5) var(--s5);
        border: 1px solid var(--line);
        border-radius: var(--r2);
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      dialog::backdrop {
        background: var(--veil);
      }
      .top {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin-block-end: var(--s3);
      }
      .parts {
        columns: 320px 2;
        column-gap: var(--s5);
      }
      section {
        break-inside: avoid;
        margin-block-end: var(--s4);
      }
      h3 {
        margin-block-end: 6px;
        font-size: var(--t-xs);
        color: var(--ink-2);
      }
      dl {
        display: grid;
        grid-template-columns: 6.5rem minmax(0, 1fr);
        gap: 6px var(--s2);
      }
      dt {
        display: flex;
        gap: 4px;
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) whose: Role | null = null;
  @query('dialog') private dialog!: HTMLDialogElement;

  override render() {
    const parts: Key[] = [...new Set(KEYS.map(({ part }) => part))];
    return html`<dialog aria-labelledby="title" @cancel=${this.#close} @close=${this.#close}>
      <div class="top">
        <h2 id="title">${say('keys_title')}</h2>
        <button type="button" class="do" @click=${this.#close}>${say('close')}<span class="key">Esc</span></button>
      </div>
      <div class="parts">
        ${parts.map((part) => this.#part(part))}
        <section>
          <h3>${say('keys_rooms')}</h3>
          <dl>
            ${(this.whose ? rooms_for(this.whose) : []).map(
              (
                room,
              ) => html`<dt><span class="key">G</span><span class="key">${cap_of(room)}</span></dt>
                <dd>${say(room.title)}</dd>`,
            )}
          </dl>
        </section>
      </div>
    </dialog>`;
  }

  #part(part: Key) {
    return html`<section>
      <h3>${say(part)}</h3>
      <dl>
        ${KEYS.filter((one) => one.part === part).map(
          ({
            caps,
            title,
          }) => html`<dt>${caps.map((cap) => html`<span class="key">${cap}</span>`)}</dt>
            <dd>${say(title)}</dd>`,
        )}
      </dl>
    </section>`;
  }

  override updated() {
    if (this.open && !this.dialog.open) this.dialog.showModal();
    if (!this.open && this.dialog.open) this.dialog.close();
  }

  #close = () => {
    if (this.open) this.dispatchEvent(new CustomEvent('closed'));
  };
}
