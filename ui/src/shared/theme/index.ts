import '@fontsource-variable/noto-sans/wght.css';
import '@utrecht/button-css/dist/index.css';
import '@utrecht/form-label-css/dist/index.css';
import '@utrecht/link-css/dist/index.css';
import '@utrecht/select-css/dist/index.css';
import '@utrecht/textarea-css/dist/index.css';
import '@utrecht/textbox-css/dist/index.css';
import './tokens.css';
import './base.css';

export { applyLook, type Look } from './look.ts';
