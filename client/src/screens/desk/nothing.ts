/** What stands where a list has no rows: that it is empty, or that nobody knows. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Truth } from '../../port';
import { say } from '../../words';
import { nothing_said } from './knowledge';

export function nothing_here(truth: Truth, narrowed: boolean, clear: () => void): TemplateResult {
  const { heading, text } = nothing_said(truth, narrowed);
  return html`<div class="nothing" role="status">
    <b>${heading}</b>
    ${text ? html`<p class="note">${text}</p>` : nothing}
    ${narrowed ? html`<button type="button" class="do" @click=${clear}>${say('filters_clear')}</button>` : nothing}
  </div>`;
}
