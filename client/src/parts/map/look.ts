/** The map's own sheet: of the library's 70 KB it needs these few lines. */

import { css } from 'lit';

export const map_look = css`
  :host {
    position: relative;
    display: block;
    overflow: hidden;
    background: var(--map-land);
  }
  .box {
    position: absolute;
    inset: 0;
    overflow: hidden;
  }
  .plain {
    block-size: 100%;
    display: grid;
    align-content: center;
  }
  .unseen {
    visibility: hidden;
  }
  .note {
    position: absolute;
    inset: auto var(--s2) var(--s2);
    padding: var(--s2) var(--s3);
    border-radius: var(--r1);
    background: var(--surface);
    color: var(--ink-2);
    font-size: var(--t-xs);
    line-height: 1.3;
    box-shadow: var(--shadow);
  }
  .keys {
    position: absolute;
    inset-block-end: var(--s2);
    inset-inline-end: var(--s2);
    display: flex;
    gap: var(--s2);
  }
  .keys button {
    inline-size: 48px;
    block-size: 48px;
    display: grid;
    place-items: center;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 50%;
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  .keys button:hover {
    border-color: var(--edge);
  }
  .keys button:active {
    background: var(--sunk);
  }
  .maplibregl-canvas-container,
  .maplibregl-canvas {
    position: absolute;
    inset: 0;
    outline-offset: -3px;
  }
  .maplibregl-interactive {
    cursor: grab;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }
  .maplibregl-interactive:active {
    cursor: grabbing;
  }
  .over {
    cursor: pointer;
  }
  .maplibregl-touch-drag-pan,
  .maplibregl-touch-drag-pan .maplibregl-canvas {
    touch-action: none;
  }
  .maplibregl-cooperative-gestures,
  .maplibregl-cooperative-gestures .maplibregl-canvas {
    touch-action: pan-x pan-y;
  }
  .maplibregl-control-container {
    display: none;
  }
  .maplibregl-cooperative-gesture-screen {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    padding: var(--s4);
    text-align: center;
    font-weight: 600;
    background: var(--veil);
    color: var(--on-brand);
    opacity: 0;
    pointer-events: none;
    transition: opacity var(--quick) ease 700ms;
  }
  .maplibregl-show {
    opacity: 1;
    transition: opacity var(--quick);
  }
  .maplibregl-mobile-message {
    display: none;
  }
  @media (hover: none), (pointer: coarse) {
    .maplibregl-desktop-message {
      display: none;
    }
    .maplibregl-mobile-message {
      display: block;
    }
  }
`;
