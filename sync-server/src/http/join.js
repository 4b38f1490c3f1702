// The secret stands after # and stays in this browser: it is only put into a link that opens the app.
const secret = location.hash.slice(1);
if (/^[A-Za-z0-9_-]{22,128}$/.test(secret)) {
  const server = location.origin + location.pathname.replace(/\/join\/?$/, "");
  const open = document.getElementById("open");
  open.href = `buurtboek://join?server=${encodeURIComponent(server)}#${secret}`;
  open.hidden = false;
} else {
  document.getElementById("cut").hidden = false;
}
