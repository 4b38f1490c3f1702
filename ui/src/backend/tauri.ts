import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { isDoorEvent, type Door } from './door.ts';

/** The door inside the app's own window. */
export const tauriDoor: Door = {
  call: (name, args) => invoke('call', { name, args }),
  listen(handler) {
    let closed = false;
    const opening = listen('buurtboek', (event) => {
      if (!closed && isDoorEvent(event.payload)) handler(event.payload);
    });
    return () => {
      closed = true;
      void opening.then((stop) => {
        stop();
      });
    };
  },
  open: (url) => invoke('plugin:opener|open_url', { url }),
};
