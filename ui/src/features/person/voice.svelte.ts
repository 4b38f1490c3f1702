/** Reads text aloud, on devices that can. */
export class Voice {
  speaking = $state(false);
  readonly can = 'speechSynthesis' in globalThis && 'SpeechSynthesisUtterance' in globalThis;

  say(text: string, language: string): void {
    if (!this.can) return;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = language;
    // A little slower: it is heard in the street, and maybe not in one's first language.
    words.rate = 0.9;
    words.onend = words.onerror = () => {
      this.speaking = false;
    };
    this.speaking = true;
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  }

  stop(): void {
    if (!this.speaking) return;
    this.speaking = false;
    speechSynthesis.cancel();
  }
}
