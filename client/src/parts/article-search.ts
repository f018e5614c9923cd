/** The field that finds an article: quick chips while it is empty, results while it is not. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { say } from '../words';
import { icon } from './icon';
import { look } from './look';
import { type Entry, search } from './search';

/** An article as a line in the results, or as a chip. */
export interface Article {
  id: string;
  number: string;
  title: string;
  short: string;
  lang: string;
  verified: boolean;
}

/**
 * @fires article-chosen - `detail` is the offence's id
 */
@customElement('kezek-article-search')
export class ArticleSearch extends LitElement {
  static override styles = [
    look,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s3);
      }
      .field {
        display: flex;
        align-items: center;
        gap: var(--s2);
        min-block-size: 56px;
        padding-inline: 14px 4px;
        background: var(--surface);
        border: 1.5px solid var(--edge);
        border-radius: var(--r2);
        color: var(--ink-2);
      }
      .field:focus-within {
        outline: 3px solid var(--accent);
        outline-offset: 2px;
      }
      input {
        flex: 1;
        min-inline-size: 0;
        min-block-size: 52px;
        border: 0;
        outline: none;
        background: none;
        color: var(--ink);
        font-size: var(--t-m);
      }
      input:focus-visible {
        outline: none;
      }
      input::placeholder {
        color: var(--ink-3);
        opacity: 1;
      }
      input::-webkit-search-cancel-button {
        display: none;
      }
      .field button {
        inline-size: 48px;
        block-size: 48px;
        border: 0;
        background: none;
        display: grid;
        place-items: center;
        border-radius: 50%;
      }
      li .row {
        inline-size: 100%;
        border-width: 0;
        background: none;
        text-align: start;
        grid-template-columns: minmax(52px, auto) minmax(0, 1fr);
      }
      li + li {
        border-block-start: 1px solid var(--line);
      }
      li b {
        white-space: nowrap;
        font-weight: 700;
        color: var(--act);
      }
      .title {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        font-size: var(--t-s);
      }
      li small.doubt {
        color: var(--warn);
        font-weight: 600;
      }
      li button:focus-visible {
        outline-offset: -3px;
      }
      .none {
        padding: var(--s4);
        color: var(--ink-2);
        font-size: var(--t-s);
      }
    `,
  ];

  @property({ attribute: false }) entries: readonly Entry[] = [];
  @property({ attribute: false }) articles: ReadonlyMap<string, Article> = new Map();
  /** Ids of the chips: favourites, then the last used. */
  @property({ attribute: false }) quick: readonly string[] = [];
  @property() chosen = '';
  @state() private query = '';

  override render() {
    const found = search(this.query, this.entries);
    return html`<div class="field">
        ${icon('search', 22)}
        <input
          type="search"
          enterkeyhint="search"
          autocomplete="off"
          spellcheck="false"
          aria-label=${say('search_label')}
          placeholder=${say('search_label')}
          .value=${live(this.query)}
          @input=${this.#type}
          @keydown=${(event: KeyboardEvent) => this.#key(event, found)}
        />
        ${this.query ? this.#clear_button() : nothing}
      </div>
      <p class="hidden" role="status">
        ${this.query ? say('search_results', { n: found.length }) : ''}
      </p>
      ${this.query ? this.#results(found) : this.#chips()}`;
  }

  #clear_button() {
    return html`<button type="button" aria-label=${say('search_clear')} @click=${this.#clear}>
      ${icon('cross', 20)}
    </button>`;
  }

  #results(found: readonly string[]) {
    if (found.length === 0) return html`<p class="card none">${say('search_none')}</p>`;
    return html`<ul class="card">${found.map((id) => this.#result(this.articles.get(id)))}</ul>`;
  }

  #result(article: Article | undefined) {
    if (!article) return nothing;
    return html`<li>
      <button type="button" class="row" @click=${() => this.#choose(article.id)}>
        <b>${article.number}</b>
        <div>
          <span class="title" lang=${article.lang}>${article.title}</span>
          ${article.verified ? nothing : html`<small class="doubt">${say('to_verify')}</small>`}
        </div>
      </button>
    </li>`;
  }

  #chips() {
    return html`<div class="chips" role="group" aria-label=${say('articles_quick')}>
      ${this.quick.map((id) => this.#chip(this.articles.get(id)))}
    </div>`;
  }

  #chip(article: Article | undefined) {
    if (!article) return nothing;
    return html`<button
      type="button"
      class="chip"
      aria-pressed=${String(article.id === this.chosen)}
      @click=${() => this.#choose(article.id)}
    >
      <b>${article.number}</b>${article.short}
    </button>`;
  }

  #type = (event: Event) => {
    this.query = (event.target as HTMLInputElement).value;
  };

  #key(event: KeyboardEvent, found: readonly string[]) {
    if (event.key === 'Escape') this.#clear();
    const best = found[0];
    if (event.key === 'Enter' && best) this.#choose(best);
  }

  #clear = () => {
    this.query = '';
    this.focus();
  };

  #choose(id: string) {
    this.query = '';
    this.dispatchEvent(new CustomEvent('article-chosen', { detail: id }));
  }

  override focus() {
    this.renderRoot.querySelector('input')?.focus();
  }
}
