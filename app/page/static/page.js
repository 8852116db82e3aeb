// What makes the page quicker to use. Everything works without it.
(() => {
  'use strict';
  const body = document.body;

  // The visitor's own time zone, when the address does not name one yet.
  const shown = body.dataset.zone;
  if (shown) {
    let zone = '';
    try {
      zone = Intl.DateTimeFormat().resolvedOptions().timeZone || '';
    } catch {
      // an old browser keeps the host's zone
    }
    if (zone && zone !== shown) {
      const here = new URL(location.href);
      here.searchParams.set('zone', zone);
      location.replace(here);
      return;
    }
  }

  // A zone that is chosen is shown at once.
  const zones = document.getElementById('zone');
  if (zones) zones.addEventListener('change', () => zones.form.submit());

  // A form goes out once.
  for (const form of document.querySelectorAll('form[method=post]')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = '1';
      for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
    });
    addEventListener('pageshow', () => {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll('button')) button.removeAttribute('aria-disabled');
    });
  }

  // The first field that is wrong comes first.
  const wrong = document.querySelector('[aria-invalid=true]');
  if (wrong) wrong.focus();

  // What is on its way is looked for again, some times and only while somebody looks.
  const waits = document.querySelector('[data-again]');
  if (waits) {
    const name = 'again ' + location.pathname;
    let times = 0;
    try {
      times = Number(sessionStorage.getItem(name)) || 0;
      sessionStorage.setItem(name, String(times + 1));
    } catch {
      times = 99;
    }
    if (times < 60) {
      const look = () => (document.hidden ? setTimeout(look, 2000) : location.reload());
      setTimeout(look, Number(waits.dataset.again) * 1000);
    }
  }
})();
