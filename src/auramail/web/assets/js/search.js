// Speaking instead of typing: by the browser's own recognition where there is one, else as a recording that the server's
// language model writes down. And a link to Gmail that follows the query while it is changed.
const LONGEST = 58_000; // milliseconds; the server takes a minute
const CODECS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export function voice() {
  return {
    stop: null, // ends what is going on
    isDeaf: false, // whether the browser's own recognition was tried in vain

    init() {
      this.recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
      const button = this.$refs.speak;
      if (!this.recognition && !this.canRecord()) return;
      button.hidden = false;
      this.$refs.text.addEventListener("input", () => (this.$refs.spoken.disabled = true));
      button.addEventListener("click", () => (this.stop ? this.stop() : this.start()));
    },

    canRecord() {
      return this.$root.dataset.hears !== undefined && Boolean(navigator.mediaDevices && window.MediaRecorder);
    },

    async start() {
      this.tell("listening", true);
      if (this.recognition && !(this.isDeaf && this.canRecord())) this.recognise();
      else await this.record();
    },

    tell(what, listens = false) {
      this.$refs.said.textContent = what ? this.$root.dataset[what] : "";
      this.$refs.speak.setAttribute("aria-pressed", String(listens));
    },

    recognise() {
      const recognition = new this.recognition();
      recognition.lang = document.documentElement.lang === "uk" ? "uk-UA" : "en-US";
      let outcome = "nothing";
      recognition.addEventListener("result", (event) => {
        this.$refs.text.value = event.results[0][0].transcript.slice(0, this.$refs.text.maxLength);
        this.$refs.spoken.disabled = false;
        outcome = "";
      });
      recognition.addEventListener("error", (event) => {
        if (event.error === "not-allowed") outcome = "refused";
        else if (event.error !== "no-speech" && event.error !== "aborted") this.isDeaf = true;
      });
      recognition.addEventListener("end", () => {
        this.stop = null;
        this.tell(outcome);
        if (!outcome) this.$refs.typed.requestSubmit();
      });
      this.stop = () => recognition.stop();
      recognition.start();
    },

    async record() {
      let stream;
      this.stop = () => {}; // the browser is asking the person; a second press means nothing yet
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch {
        this.stop = null;
        this.tell("refused");
        return;
      }
      const mimeType = CODECS.find((one) => MediaRecorder.isTypeSupported(one));
      const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
      const chunks = [];
      const timer = setTimeout(() => this.stop?.(), LONGEST);
      recorder.addEventListener("dataavailable", (event) => chunks.push(event.data));
      recorder.addEventListener("stop", () => {
        clearTimeout(timer);
        this.stop = null;
        for (const track of stream.getTracks()) track.stop();
        this.send(new File(chunks, "speech", { type: recorder.mimeType }));
      });
      this.stop = () => recorder.stop();
      recorder.start();
    },

    send(recording) {
      this.tell("");
      const files = new DataTransfer();
      files.items.add(recording);
      this.$refs.clip.files = files.files;
      this.$refs.recorded.requestSubmit();
    },
  };
}

export function gmailQuery() {
  return {
    init() {
      const { query, link } = this.$refs;
      if (!link) return;
      query.addEventListener("input", () => {
        link.href = this.$root.dataset.gmail + encodeURIComponent(query.value.trim());
      });
    },
  };
}
