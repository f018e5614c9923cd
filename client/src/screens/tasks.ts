/** The Tasks tab: what needs attention, one item of it, or the form that mends it, by the address. */

import { css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../parts/icon';
import { say } from '../words';
import { Screen } from './screen';
import '../parts/page-head';
import './assist';
import './violation';

@customElement('kezek-tasks')
export class TasksScreen extends Screen {
  static override styles = [
    ...Screen.styles,
    css`
      :host > * {
        flex: 1;
      }
      kezek-page-head,
      .body {
        flex: none;
      }
    `,
  ];

  /** Its part is loaded when it is first needed; the worker keeps it for use without a network. */
  @state() private here: boolean | null = null;

  override connectedCallback() {
    super.connectedCallback();
    import('./attention').then(
      () => {
        this.here = true;
      },
      () => {
        this.here = false;
      },
    );
  }

  override render() {
    const [kind, id, change, at = ''] = location.hash.slice(1).split('/');
    if (change && kind === 'violation')
      return html`<kezek-violation .app=${this.app} .amends=${id} .at=${at}></kezek-violation>`;
    if (change && kind === 'assist')
      return html`<kezek-assist .app=${this.app} .amends=${id} .at=${at}></kezek-assist>`;
    if (!this.here) return this.#coming();
    if (kind && id)
      return html`<kezek-attention-item .app=${this.app} .of=${`${kind}/${id}`}></kezek-attention-item>`;
    return html`<kezek-attention .app=${this.app}></kezek-attention>`;
  }

  #coming() {
    const missing = html`<p class="alert" role="status">
      ${icon('alert', 22)}<span>${say('part_missing')}</span>
    </p>`;
    return html`<kezek-page-head .heading=${say('tasks')}></kezek-page-head>
      <div class="body">${this.here === false ? missing : ''}</div>`;
  }

  override focus() {
    this.renderRoot
      .querySelector<HTMLElement>('kezek-attention, kezek-attention-item, kezek-page-head')
      ?.focus();
  }
}
