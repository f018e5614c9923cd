/** What every room of the desk has in common: the app, its names, and the keys that it answers to. */

import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { desk_look } from '../../parts/desk/look';
import { look } from '../../parts/look';
import type { App } from '../../port';
import type { Role } from '../../sync/contract.gen';
import type { Deed } from './keys';
import type { Names } from './names';

export abstract class DeskRoom extends LitElement {
  static override styles = [look, desk_look];

  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) names!: Names;

  override connectedCallback() {
    super.connectedCallback();
    this.app.addEventListener('changed', this.#changed);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.app.removeEventListener('changed', this.#changed);
  }

  get my_role(): Role {
    return (this.app.me()?.role ?? 'adapter') as Role;
  }

  /** Whether it did what the key asked for. */
  act(_deed: Deed): boolean {
    return false;
  }

  #changed = () => this.requestUpdate();

  protected tell(what: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(what, { detail, bubbles: true, composed: true }));
  }
}
