/** The desk: the rooms of a role in one frame, moved about in by keys, live or red. */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { desk_look } from '../../parts/desk/look';
import { look } from '../../parts/look';
import type { App } from '../../port';
import type { Role } from '../../sync/contract.gen';
import { say } from '../../words';
import { exact } from '../../words/moments';
import { role_name } from '../roles';
import { type Address, type Conditions, read_address, write_address } from './address';
import type { Command } from './command';
import type { Asked } from './deeds';
import { frame_look } from './desk-look';
import type { Found } from './found';
import { type Deed, deed_of, room_of } from './keys';
import { pulse_said } from './knowledge';
import type { ListRoom } from './list-room';
import { Names } from './names';
import type { Pending } from './pending';
import type { DeskRoom } from './room';
import { oversees, type RoomLine, type RoomName, rooms_for } from './rooms';
import type { SheetName } from './sheets';
import '../../words/attention';
import '../../words/desk';
import '../more';
import './command';
import './help';
import './list-room';
import './looks-room';
import './pending';

const GO_MS = 1_500;
/** Where a key belongs to what has the focus. */
const OWN_KEYS = 'input, select, textarea, [contenteditable], dialog';
const OWN_ENTER = 'button, a, summary';
const ARROWS = ['ArrowUp', 'ArrowDown', 'Home', 'End'];

@customElement('kezek-desk')
export class Desk extends LitElement {
  static override styles = [look, desk_look, frame_look];

  @property({ attribute: false }) app!: App;
  @state() private address: Address = read_address(location.hash);
  @state() private helping = false;
  @query('kezek-command') private command!: Command;
  @query('kezek-pending') private pending!: Pending;
  @query('.place > *') private shown!: HTMLElement;

  #names: Names | null = null;
  #going = 0;

  override connectedCallback() {
    super.connectedCallback();
    this.app.addEventListener('changed', this.#changed);
    window.addEventListener('keydown', this.#key);
    window.addEventListener('popstate', this.#moved);
    void this.updateComplete.then(() => this.#enter());
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.app.removeEventListener('changed', this.#changed);
    window.removeEventListener('keydown', this.#key);
    window.removeEventListener('popstate', this.#moved);
  }

  get #role(): Role {
    return (this.app.me()?.role ?? 'adapter') as Role;
  }

  get #room(): RoomLine {
    const rooms = rooms_for(this.#role);
    return rooms.find(({ name }) => name === this.address.room) ?? (rooms[0] as RoomLine);
  }

  override render() {
    this.#names ??= new Names(this.app);
    const room = this.#room;
    const truth = this.app.truth();
    document.title = `${say(room.title)} · ${say('kezek')}`;
    return html`${this.#top(room)} ${truth.silent ? this.#silent() : html`<span></span>`}
      <div
        class="place"
        @conditions=${(event: CustomEvent<Conditions>) => this.#narrow(event.detail)}
        @asked=${(event: CustomEvent<Asked>) => this.pending.ask(event.detail)}
      >${keyed(room.name, this.#shown(room.name, this.#names))}</div>
      ${this.#foot()}
      <kezek-pending .app=${this.app} .names=${this.#names}></kezek-pending>
      <kezek-help ?open=${this.helping} .whose=${this.#role} @closed=${this.#unhelp}></kezek-help>
      ${truth.silent ? html`<div class="red"></div>` : nothing}`;
  }

  #top(room: RoomLine) {
    const me = this.app.me();
    const truth = this.app.truth();
    return html`<header class="top">
      <span class="brand">${say('kezek')}</span>
      <nav aria-label=${say('rooms')}>
        ${rooms_for(this.#role).map(
          ({ name, title }) => html`<a
            href=${write_address(name, {})}
            aria-current=${name === room.name ? 'page' : nothing}
            @click=${(event: Event) => {
              event.preventDefault();
              this.#go(name);
            }}
          >${say(title)}</a>`,
        )}
      </nav>
      <kezek-command
        .app=${this.app}
        .names=${this.#names}
        @found=${(event: CustomEvent<Found>) => this.#found(event.detail)}
        @left=${() => this.shown.focus()}
      ></kezek-command>
      <span class="pulse ${truth.silent || !truth.heard ? 'off' : ''}"><i></i><span>${pulse_said(truth)}</span></span>
      <span class="me" title=${me?.name ?? ''}>${say(role_name(me?.role ?? ''))}</span>
    </header>`;
  }

  #silent() {
    const { heard } = this.app.truth();
    const title = heard ? say('silent_title', { time: exact(heard) }) : say('silent_title_never');
    return html`<div class="silent-note" role="alert">
      <b>${title}</b><span>${say('silent_note')}</span>
      <button type="button" class="do" @click=${() => this.app.exchange()}>${say('try_again')}</button>
    </div>`;
  }

  #shown(name: RoomName, names: Names): TemplateResult {
    if (name === 'accesses' || name === 'mine') {
      return html`<kezek-looks-room .app=${this.app} .names=${names} ?whole=${name === 'accesses'}></kezek-looks-room>`;
    }
    if (name === 'more') return this.#more();
    const sheets = name === 'live' ? this.#live() : [name];
    return html`<kezek-list-room
      .app=${this.app}
      .names=${names}
      .sheets=${sheets}
      .conditions=${this.address.conditions}
      ?mapped=${name === 'live'}
    ></kezek-list-room>`;
  }

  #live(): SheetName[] {
    const kinds = [
      ['violation', 'violations'],
      ['shift', 'shifts'],
    ] as const;
    return kinds.filter(([kind]) => oversees(kind, this.#role)).map(([, sheet]) => sheet);
  }

  #more() {
    const both = this.#role === 'leader';
    return html`<div class="page" tabindex="-1">
      <kezek-more .app=${this.app}></kezek-more>
      ${
        both
          ? html`<p class="to-phone"><button type="button" class="plain" @click=${this.#to_phone}>${say('to_phone')}</button></p>`
          : nothing
      }
    </div>`;
  }

  #foot() {
    const { waiting, attention, records } = this.app.truth();
    return html`<footer>
      <span>${waiting ? html`<b>${say('desk_waiting', { n: waiting })}</b>` : say('desk_all_sent')}</span>
      ${attention ? html`<b>${say('desk_attention', { n: attention })}</b>` : nothing}
      <span>${say('desk_records', { n: records })}</span>
      <button type="button" @click=${this.#help}><span class="key">?</span> ${say('keys_hint')}</button>
    </footer>`;
  }

  #go(name: RoomName, conditions: Conditions = {}) {
    history.pushState(null, '', write_address(name, conditions));
    this.#moved();
  }

  #narrow(conditions: Conditions) {
    history.replaceState(null, '', write_address(this.#room.name, conditions));
    this.address = { ...this.address, conditions };
  }

  #moved = () => {
    const before = this.#room.name;
    this.address = read_address(location.hash);
    if (this.#room.name !== before) void this.updateComplete.then(() => this.#enter());
  };

  #enter() {
    const wanted = write_address(this.#room.name, this.address.conditions);
    if (location.hash !== wanted) history.replaceState(null, '', wanted);
    this.shown.focus();
  }

  async #found(one: Found) {
    if (one.what === 'help') {
      this.helping = true;
      return;
    }
    this.#go(one.room, one.what === 'article' ? { article: one.id } : {});
    await this.updateComplete;
    if (one.what === 'person' || one.what === 'route') {
      (this.shown as ListRoom).choose(one.what, one.id);
    }
    this.shown.focus();
  }

  #key = (event: KeyboardEvent) => {
    const [target] = event.composedPath();
    const at = target instanceof Element ? target : null;
    if (event.defaultPrevented || this.helping) return;
    const writing = at?.closest(OWN_KEYS);
    if (writing && event.key !== 'Escape') return;
    const done = this.#going ? this.#second(event) : this.#first(event, at);
    if (done) event.preventDefault();
  };

  #first(event: KeyboardEvent, at: Element | null): boolean {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    if (plain && event.code === 'KeyG') {
      this.#going = window.setTimeout(() => (this.#going = 0), GO_MS);
      return true;
    }
    const deed = deed_of(event);
    if (!deed) return false;
    // A button is pressed by Enter, a map and a page are moved by arrows.
    if (deed === 'open' && at?.closest(OWN_ENTER)) return false;
    if (ARROWS.includes(event.code) && (at?.matches('canvas') || this.#room.name === 'more'))
      return false;
    return this.#act(deed);
  }

  /** After G comes the letter of a room; any other key only ends the waiting. */
  #second(event: KeyboardEvent): boolean {
    window.clearTimeout(this.#going);
    this.#going = 0;
    const room = room_of(event.code, this.#role);
    if (room) this.#go(room);
    return room !== null;
  }

  #act(deed: Deed): boolean {
    if (deed === 'help') {
      this.helping = true;
      return true;
    }
    if (deed === 'command') {
      this.command.focus();
      return true;
    }
    if (this.pending.act(deed)) return true;
    const room = this.shown as Partial<DeskRoom>;
    return room.act?.(deed) ?? false;
  }

  #help = () => {
    this.helping = true;
  };

  #unhelp = () => {
    this.helping = false;
    this.shown.focus();
  };

  #to_phone = () => {
    this.dispatchEvent(new CustomEvent('go', { detail: '/shift', bubbles: true, composed: true }));
  };

  #changed = () => this.requestUpdate();
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-desk': Desk;
  }
}
