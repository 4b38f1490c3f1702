// The secret stands after # and stays on this machine: it goes to the app, opened or through its field.
const secret = location.hash.slice(1);
const part = (id) => document.getElementById(id);

async function copy() {
  try {
    await navigator.clipboard.writeText(location.href);
    part("copied").hidden = false;
  } catch {
    // Not every browser lets a page copy: then the link stands there, chosen, to be copied by hand.
    const link = part("link");
    link.hidden = false;
    link.select();
  }
}

if (/^[A-Za-z0-9_-]{22,128}$/.test(secret)) {
  part("link").value = location.href;
  part("open").href = `buurtboek://join?server=${encodeURIComponent(location.origin + location.pathname.replace(/\/join\/?$/, ""))}#${secret}`;
  part("open").hidden = false;
  part("copy").hidden = false;
  part("copy").addEventListener("click", copy);
} else {
  part("cut").hidden = false;
}
