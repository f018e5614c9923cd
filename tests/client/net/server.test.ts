/** Only the server is believed to be the server. */
import { exchange, sign_in } from 'client/net/server';
import { afterEach, expect, test, vi } from 'vitest';

function answering(body: string, type: string, status = 200) {
  const headers = { 'Content-Type': type };
  const fetched = vi.fn(async () => new Response(body, { status, headers }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

test('an exchange carries the header that other sites cannot set', async () => {
  const fetched = answering('{}\n', 'application/x-ndjson; charset=utf-8');
  expect(await exchange('x\n')).toEqual({ is: 'answer', value: '{}\n' });
  const [, how] = fetched.mock.calls[0] as unknown as [string, RequestInit];
  expect(how.headers).toMatchObject({ 'X-Kezek': '1', 'Content-Type': 'application/x-ndjson' });
});

test.each([
  ['a page of the café', '<html>Log in</html>', 'text/html', 200],
  ['a page of the café, refused', '<html></html>', 'text/html', 401],
  ['somebody else’s JSON', '{"error":"no"}', 'application/json', 500],
  ['the right type, but JSON', '{}', 'application/json', 200],
])('%s is no answer', async (_name, body, type, status) => {
  answering(body, type, status);
  expect(await exchange('x\n')).toEqual({ is: 'offline' });
});

test('no network is no answer', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await exchange('x\n')).toEqual({ is: 'offline' });
});

test('a fault says its code', async () => {
  answering('{"code":"not_signed_in"}', 'application/json', 401);
  expect(await exchange('x\n')).toEqual({ is: 'fault', code: 'not_signed_in', wait: 0 });
});

test('whoever signs in is somebody', async () => {
  answering('{"name":"Nobody"}', 'application/json');
  expect(await sign_in('a', 'b', 'c')).toEqual({ is: 'offline' });
});
