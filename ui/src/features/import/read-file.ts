/**
 * A file's bytes in base64, telling how many have been read; `undefined` when it cannot be opened.
 */
export function readBase64(
  file: File,
  onprogress: (done: number) => void,
): Promise<string | undefined> {
  return new Promise((answer) => {
    const reader = new FileReader();
    reader.onprogress = ({ loaded }) => {
      onprogress(loaded);
    };
    reader.onerror = () => {
      answer(undefined);
    };
    reader.onload = () => {
      // "data:text/vcard;base64,QkVHSU4…": an empty file has nothing after the comma, or no comma.
      const address = typeof reader.result === 'string' ? reader.result : '';
      answer(address.slice(address.indexOf(',') + 1 || address.length));
    };
    reader.readAsDataURL(file);
  });
}
