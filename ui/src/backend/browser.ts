import { isDoorEvent, type Door } from './door.ts';

/** The door for tests and for machines without a window: the same calls over loopback HTTP. */
export function browserDoor(token = readToken()): Door {
  return {
    async call(name, args) {
      const answer = await fetch(`/ipc/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-buurtboek-token': token },
        body: JSON.stringify(args ?? null),
      });
      const text = await answer.text();
      const body: unknown = text === '' ? null : JSON.parse(text);
      if (!answer.ok) throw body;
      return body;
    },
    listen(handler) {
      const source = new EventSource(`/events?token=${encodeURIComponent(token)}`);
      source.onmessage = (message: MessageEvent<string>) => {
        const event: unknown = JSON.parse(message.data);
        if (isDoorEvent(event)) handler(event);
      };
      return () => {
        source.close();
      };
    },
  };
}

/** The token of this run: put in the page by the door, or handed over once in the address. */
function readToken(): string {
  const inPage = document.querySelector<HTMLMetaElement>('meta[name="buurtboek-token"]')?.content;
  if (inPage) return inPage;
  const inAddress = /[#&?]token=([^&]+)/.exec(location.hash)?.[1];
  if (inAddress) {
    sessionStorage.setItem(TOKEN, decodeURIComponent(inAddress));
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(TOKEN) ?? '';
}

const TOKEN = 'buurtboek-token';
