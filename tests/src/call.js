// Asks the app itself, through the same door as the screens. Arguments: command, its arguments.
const [name, args, done] = arguments;
const tauri = window.__TAURI_INTERNALS__;
const asked = tauri
  ? tauri.invoke('call', { name, args })
  : fetch(`/ipc/${name}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-buurtboek-token': sessionStorage.getItem('buurtboek-token'),
      },
      body: JSON.stringify(args),
    }).then(async (answer) => {
      const body = await answer.json();
      if (!answer.ok) throw body;
      return body;
    });
asked.then(
  (reply) => done({ reply }),
  (refused) => done({ refused: refused.message ?? refused }),
);
