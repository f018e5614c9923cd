/** The four rooms of the phone, at the thumb. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { say } from '../words';
import { type IconName, icon } from './icon';
import { look } from './look';

export interface Tab {
  path: string;
  title: string;
  icon: IconName;
  /** How many things want attention there. */
  count: number;
}

/**
 * @fires tab-chosen - `detail` is the path
 */
@customElement('kezek-tab-bar')
export class TabBar extends LitElement {
  static override styles = [
    look,
    css`
      :host {
        background: var(--surface);
        border-block-start: 1px solid var(--line);
        padding-block-end: env(safe-area-inset-bottom);
      }
      nav {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: 1fr;
        max-inline-size: var(--column);
        margin-inline: auto;
      }
      a {
        display: grid;
        justify-items: center;
        align-content: center;
        gap: 3px;
        min-block-size: 60px;
        padding: 7px 2px;
        font-size: var(--t-xs);
        line-height: 1.2;
        font-weight: 540;
        color: var(--ink-2);
        text-decoration: none;
        position: relative;
        -webkit-tap-highlight-color: transparent;
      }
      a[aria-current] {
        color: var(--act);
        font-weight: 700;
      }
      a[aria-current]::before {
        content: '';
        position: absolute;
        inset: 0 calc(50% - 22px) auto;
        block-size: 3px;
        border-radius: 0 0 3px 3px;
        background: var(--accent);
      }
      b {
        position: absolute;
        inset: 4px auto auto calc(50% + 6px);
        min-inline-size: 20px;
        padding: 0 6px;
        border-radius: 10px;
        background: var(--danger);
        color: var(--on-danger);
        font-size: 0.75rem;
        line-height: 20px;
        text-align: center;
      }
      a:focus-visible {
        outline-offset: -3px;
        border-radius: var(--r1);
      }
    `,
  ];

  @property({ attribute: false }) tabs: readonly Tab[] = [];
  @property() path = '';

  override render() {
    return html`<nav aria-label=${say('tabs')}>${this.tabs.map((tab) => this.#tab(tab))}</nav>`;
  }

  #tab(tab: Tab) {
    const here = tab.path === this.path ? 'page' : nothing;
    return html`<a href=${tab.path} aria-current=${here} @click=${(e: Event) => this.#go(e, tab)}>
      ${icon(tab.icon, 25)}<span>${tab.title}</span>
      ${tab.count > 0 ? html`<b aria-label=${say('tasks_attention', { n: tab.count })}>${tab.count}</b>` : nothing}
    </a>`;
  }

  #go(event: Event, tab: Tab) {
    event.preventDefault();
    this.dispatchEvent(
      new CustomEvent('tab-chosen', { detail: tab.path, bubbles: true, composed: true }),
    );
  }
}
