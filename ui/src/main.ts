import './shared/theme/index.ts';
import { mount } from 'svelte';
import { App } from './features/shell/index.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
target.textContent = '';
mount(App, { target });
