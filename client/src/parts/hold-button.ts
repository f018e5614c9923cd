/** The signature: a button that must be held for a second, so that no pocket signs. */

import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type Key, say } from '../words';
import { look } from './look';

const HOLD = 1000;
/** The second press of a person who cannot hold a key must come within this. */
const AGAIN = 4000;

/**
 * @fires held - it was held for a whole second, or pressed twice on a keyboard
 * @fires asked-too-early - it was pressed while `ready` is false
 */
@customElement('kezek-hold-button')
export class HoldButton extends LitElement {
  static override styles = [
    look,
    css`
      button {
        position: relative;
        overflow: hidden;
        user-select: none;
        -webkit-user-select: none;
        -webkit-touch-callout: none;
        touch-action: none;
      }
      button[aria-disabled='true'] {
        background: var(--sunk);
        color: var(--ink-2);
        box-shadow: inset 0 0 0 1.5px var(--edge);
      }
      i {
        position: absolute;
        inset: 0;
        background: var(--act-press);
        transform: scaleX(0);
        transform-origin: left;
        transition: transform 120ms;
      }
      .holding i {
        transform: scaleX(1);
        transition: transform 1s linear;
      }
      .holding:active {
        background: var(--act);
      }
      span {
        position: relative;
      }
      @media (prefers-reduced-motion: reduce) {
        .holding i {
          transition: transform 1s steps(4);
        }
      }
    `,
  ];

  @property({ type: Boolean }) ready = false;
  @property({ type: Boolean }) busy = false;
  /** What holding it does, and what is said after one press of a key. */
  @property({ attribute: false }) words: Key = 'hold_to_sign';
  @property({ attribute: false }) again: Key = 'hold_again';
  @state() private holding = false;
  @state() private pressed_once = false;

  #timer = 0;
  #by_key = false;

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
  }

  override render() {
    const text = this.busy ? 'saving' : this.pressed_once ? this.again : this.words;
    return html`<button
        type="button"
        class=${this.holding ? 'big holding' : 'big'}
        aria-disabled=${String(!this.ready || this.busy)}
        aria-describedby="how"
        @pointerdown=${this.#down}
        @pointerup=${this.#up}
        @pointercancel=${this.#up}
        @pointerleave=${this.#up}
        @keydown=${this.#key_down}
        @keyup=${this.#key_up}
        @click=${this.#click}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        <i></i><span role="status">${say(text)}</span>
      </button>
      <span id="how" class="hidden">${say('hold_how')}</span>`;
  }

  #down = (event: PointerEvent) => {
    if (event.button === 0) this.#start();
  };

  #up = () => this.#stop();

  #key_down = (event: KeyboardEvent) => {
    if (event.repeat || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault(); // The click a key makes would count as a second press.
    this.#by_key = true;
    this.#press_by_key();
  };

  #key_up = () => this.#stop();

  /** A click with no pointer before it comes from a screen reader: it cannot hold either. */
  #click = (event: MouseEvent) => {
    if (event.detail === 0 && !this.#by_key) this.#press_by_key();
    this.#by_key = false;
  };

  #press_by_key() {
    if (this.pressed_once && this.ready) return this.#sign();
    this.#start();
    if (!this.ready) return;
    this.pressed_once = true;
    window.setTimeout(() => {
      this.pressed_once = false;
    }, AGAIN);
  }

  #start() {
    if (this.busy) return;
    if (!this.ready) {
      this.dispatchEvent(new CustomEvent('asked-too-early'));
      return;
    }
    this.holding = true;
    this.#timer = window.setTimeout(() => this.#sign(), HOLD);
  }

  #stop() {
    window.clearTimeout(this.#timer);
    this.holding = false;
  }

  #sign() {
    this.#stop();
    this.pressed_once = false;
    navigator.vibrate?.(40);
    this.dispatchEvent(new CustomEvent('held'));
  }
}
