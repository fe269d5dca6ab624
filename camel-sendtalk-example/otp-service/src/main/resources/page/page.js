// The test page: asks for a code, checks it, and shows how it stands. What is wrong is said in the service's own sentences.

const WORDS = {
  id: {
    title: 'Kode sekali pakai',
    about: 'Halaman ini untuk mencoba layanan: minta kode, lalu ketik kode dari pesan yang datang.',
    inbox: 'Kotak masuk sandbox: lihat pesan di sini',
    language: 'Bahasa',
    ask: 'Minta kode',
    phone: 'Nomor telepon',
    purpose: 'Tujuan',
    purposes: {login: 'Masuk', register: 'Pendaftaran', payment: 'Pembayaran'},
    messageLanguage: 'Bahasa pesan',
    send: 'Kirim kode',
    type: 'Ketik kode',
    code: 'Enam angka dari pesan',
    check: 'Periksa',
    again: 'Kirim kode lain',
    againIn: seconds => `Kirim kode lain (${seconds} detik lagi)`,
    state: 'Status',
    asked: ['Kode diminta.', 'Pesan segera datang. Ketik kodenya di bawah ini.'],
    right: ['Kode benar.', 'Kode ini tidak dapat dipakai lagi.'],
    noService: ['Layanan tidak menjawab.', 'Periksa apakah layanan berjalan, lalu coba lagi.'],
    noProblem: status => ['Layanan tidak bisa menjawab.', `Status HTTP ${status}. Coba lagi.`],
    names: {state: 'Kode', delivery: 'Pesan', channel: 'Lewat', triesLeft: 'Sisa percobaan', expiresAt: 'Berlaku sampai', id: 'Id'},
    values: {
      open: 'berlaku', used: 'sudah dipakai', replaced: 'diganti yang lebih baru', blocked: 'terlalu banyak kode salah', expired: 'kedaluwarsa',
      waiting: 'menunggu dikirim', sent: 'dikirim', delivered: 'diterima', unknown: 'tidak diketahui', failed: 'tidak terkirim',
      whatsapp: 'WhatsApp', sms: 'SMS',
    },
  },
  en: {
    title: 'One-time codes',
    about: 'This page is for trying the service: ask for a code, then type the code of the message that comes.',
    inbox: 'The sandbox\u2019s inbox: messages are seen here',
    language: 'Language',
    ask: 'Ask for a code',
    phone: 'Phone number',
    purpose: 'Purpose',
    purposes: {login: 'Log in', register: 'Register', payment: 'Payment'},
    messageLanguage: 'Language of the message',
    send: 'Send a code',
    type: 'Type the code',
    code: 'The six digits of the message',
    check: 'Check',
    again: 'Send another code',
    againIn: seconds => `Send another code (in ${seconds} s)`,
    state: 'How it stands',
    asked: ['The code was asked for.', 'The message comes soon. Type its code below.'],
    right: ['The code is right.', 'It can\u2019t be used again.'],
    noService: ['The service does not answer.', 'See whether it runs, and try again.'],
    noProblem: status => ['The service can\u2019t answer.', `HTTP status ${status}. Try again.`],
    names: {state: 'Code', delivery: 'Message', channel: 'By', triesLeft: 'Tries left', expiresAt: 'Valid until', id: 'Id'},
    values: {
      open: 'valid', used: 'used', replaced: 'replaced by a newer one', blocked: 'too many wrong codes', expired: 'expired',
      waiting: 'waits to be sent', sent: 'sent', delivered: 'delivered', unknown: 'unknown', failed: 'not delivered',
      whatsapp: 'WhatsApp', sms: 'SMS',
    },
  },
};

const FIRST_LOOK = 1000;
const LAST_LOOK = 10000;

const find = id => document.getElementById(id);
let language = navigator.languages.map(each => each.slice(0, 2)).find(each => each in WORDS) ?? 'id';
let purposes = [];
/** What the last code was asked for with, and how it stands. */
let asked = null;
let code = null;
/** The service's time is not this machine's. */
let ahead = 0;
let nextAt = 0;
let look = 0;
let isBusy = false;

async function request(path, body) {
  const headers = {'Accept-Language': language};
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  const answer = await fetch(path, {method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body), cache: 'no-store'});
  ahead = Date.parse(answer.headers.get('Date')) - Date.now() || 0;
  const said = await answer.json().catch(() => null);
  return {ok: answer.ok && said !== null, status: answer.status, said, language: answer.headers.get('Content-Language') ?? language};
}

/** Does one thing at a time. Buttons stay as they are meanwhile: one that is disabled would lose the focus. */
async function once(action) {
  if (isBusy) {
    return;
  }
  isBusy = true;
  try {
    await action();
  } catch (e) {
    tell('bad', WORDS[language].noService, language);
  } finally {
    isBusy = false;
    showWait();
  }
}

function tell(kind, [title, detail], spoken) {
  const outcome = find('outcome');
  outcome.className = kind;
  outcome.lang = spoken;
  outcome.querySelector('b').textContent = title;
  outcome.querySelector('span').textContent = detail;
}

function tellProblem({said, status, language: spoken}) {
  const sentences = said?.title && said.detail ? [said.title, said.detail] : WORDS[language].noProblem(status);
  tell('bad', sentences, spoken);
}

async function ask(fields) {
  const answer = await request('codes', fields);
  if (!answer.ok) {
    tellProblem(answer);
    if (asked && answer.said?.retryAfter && fields.phone === asked.phone) {
      nextAt = Math.max(nextAt, Date.now() + answer.said.retryAfter * 1000);
    }
    return;
  }
  asked = fields;
  tell('', WORDS[language].asked, language);
  find('sent').hidden = false;
  find('code').value = '';
  show(answer.said);
  find('code').focus();
  watch(FIRST_LOOK);
}

async function check() {
  const answer = await request(`codes/${code.id}/check`, {code: find('code').value.replace(/\s/g, '')});
  if (answer.ok) {
    tell('good', WORDS[language].right, language);
  } else {
    tellProblem(answer);
  }
  // not waited for: a click meanwhile would be lost
  see().catch(() => {}).then(() => {
    if (code.state === 'open') {
      find('code').focus();
      find('code').select();
    }
  });
}

async function see() {
  const answer = await request(`codes/${code.id}`);
  if (answer.ok && answer.said.id === code.id) {
    show(answer.said);
  }
}

/** Looks how the code stands, ever more rarely, while that may change by itself. */
function watch(pause) {
  clearTimeout(look);
  look = setTimeout(async () => {
    if (!document.hidden) {
      await see().catch(() => {});
    }
    if (code.state === 'open') {
      watch(code.delivery === 'delivered' || code.delivery === 'failed' ? LAST_LOOK : Math.min(2 * pause, LAST_LOOK));
    }
  }, pause);
}

function show(state) {
  code = state;
  nextAt = Date.parse(state.nextAt) - ahead;
  showState();
  showWait();
}

function showState() {
  if (!code) {
    return;
  }
  const {names, values} = WORDS[language];
  for (const name of Object.keys(names)) {
    const value = find('state').querySelector(`[data-name=${name}]`);
    put(value.previousElementSibling, names[name]);
    put(value, name === 'expiresAt'
      ? new Date(Date.parse(code.expiresAt) - ahead).toLocaleTimeString(language)
      : values[code[name]] ?? String(code[name]));
  }
}

/** Leaves alone what is so already: somebody may be copying it. */
function put(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** The button to ask again, which says how long that has to wait. It is no live region: nobody wants to hear each second. */
function showWait() {
  const seconds = Math.ceil((nextAt - Date.now()) / 1000);
  const button = find('again');
  button.disabled = seconds > 0;
  put(button, seconds > 0 ? WORDS[language].againIn(seconds) : WORDS[language].again);
}

function showWords() {
  const words = WORDS[language];
  document.documentElement.lang = language;
  document.title = words.title;
  for (const element of document.querySelectorAll('[data-word]')) {
    element.textContent = words[element.dataset.word];
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', words[element.dataset.label]);
  }
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  }
  const chosen = find('purpose').value;
  find('purpose').replaceChildren(...purposes.map(each => new Option(words.purposes[each] ?? each, each, false, each === chosen)));
  showState();
  showWait();
}

for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => {
    language = button.dataset.language;
    showWords();
  });
}

find('ask').addEventListener('submit', event => {
  event.preventDefault();
  const fields = {phone: find('phone').value, purpose: find('purpose').value, language: find('message-language').value};
  once(() => ask(fields));
});

find('check').addEventListener('submit', event => {
  event.preventDefault();
  once(check);
});

find('again').addEventListener('click', () => once(() => ask(asked)));

setInterval(showWait, 500);
find('message-language').value = language;
showWords();
const about = await fetch('page.json').then(answer => answer.json());
purposes = about.purposes;
showWords();
if (about.inbox) {
  find('inbox').hidden = false;
  find('inbox').querySelector('a').href = about.inbox;
}
