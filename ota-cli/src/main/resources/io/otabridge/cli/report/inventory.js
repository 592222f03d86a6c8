
(() => {
  'use strict';

  const ROWS_AT_ONCE = 200;
  const BARS_AT_FIRST = 16;
  const COLOURS = 8;
  const SHORT = 12; // the longest text that a cell never wraps
  const LABEL = 96; // the longest product name beside a bar
  const SLIM = 16; // if all product names are this short, bars get more space

  const data = JSON.parse(document.getElementById('data').textContent);
  const part = id => document.getElementById(id);
  const number = new Intl.NumberFormat('en').format;
  const byText = new Intl.Collator('en', { numeric: true }).compare;
  const count = (n, one, many) => `${number(n)} ${n === 1 ? one : many}`;

  const BADGES = { verified: 'good', failed: 'bad', unverified: 'wait', verifying: 'busy' };

  const includesVendor = (backend, vendor) => backend.toLowerCase().includes(vendor.toLowerCase());

  // For each column: key and title, small text (more), tooltip (hint), and sort value (by) if it differs from the text.
  // Absent values are null and are sorted last.
  const COLUMNS = [
    { key: 'product', title: 'Product', hint: row => row.productId },
    { key: 'backend', title: 'Backend', more: row => includesVendor(row.backend, row.vendor) ? null : row.vendor },
    { key: 'id', title: 'Id', style: 'id', short: 20 },
    { key: 'target', title: 'Target' },
    { key: 'version', title: 'Version', by: row => row.rank },
    { key: 'name', title: 'Name' },
    { key: 'kind', title: 'Kind' },
    { key: 'verification', title: 'Verification' },
    { key: 'size', title: 'Size', style: 'number', by: row => row.bytes,
      hint: row => row.bytes === null ? null : count(row.bytes, 'byte', 'bytes') },
    { key: 'created', title: 'Created', style: 'day', by: row => row.seconds, hint: row => row.exactly },
    { key: 'age', title: 'Age', style: 'number', by: row => row.seconds === null ? null : -row.seconds },
  ];

  // All text is inserted as textContent, never as markup.
  const make = (tag, style, text) => {
    const element = document.createElement(tag);
    if (style) element.className = style;
    if (text !== undefined && text !== null) element.textContent = text;
    return element;
  };
  const draw = (tag, attributes, ...children) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };
  const put = (parent, ...children) => {
    parent.append(...children);
    return parent;
  };

  const seriesOf = new Map(data.backends.map((backend, index) => [backend.name, index]));
  const colour = series => `s${Math.min(series, COLOURS)}`;
  const products = [...new Set(data.packages.map(row => row.product))].sort(byText);

  for (const row of data.packages) {
    row.text = COLUMNS.map(column => row[column.key] ?? '')
      .concat(row.vendor, row.productId ?? '', row.exactly)
      .join('\n').toLowerCase();
  }

  // ---- Options of the filter.

  const offer = (id, values) => values.forEach(([value, text]) => {
    const option = make('option', '', text);
    option.value = value;
    part(id).append(option);
  });

  // ---- The view, stored in the address so that it can be bookmarked.

  const FILTERS = { find: 'q', product: 'product', backend: 'backend', state: 'verification' };
  const view = { column: COLUMNS[0], descending: false, rows: ROWS_AT_ONCE, allBars: false };

  const restoreView = () => {
    const parameters = new URLSearchParams(location.hash.slice(1));
    for (const [id, key] of Object.entries(FILTERS)) {
      part(id).value = parameters.get(key) ?? '';
      // The product or backend of an old address may not exist any more.
      if (part(id).selectedIndex === -1) part(id).value = '';
    }
    const sort = parameters.get('sort') ?? '';
    view.descending = sort.startsWith('-');
    view.column = COLUMNS.find(column => column.key === sort.replace('-', '')) ?? COLUMNS[0];
  };

  const storeView = () => {
    const parameters = new URLSearchParams();
    for (const [id, key] of Object.entries(FILTERS)) {
      if (part(id).value) parameters.set(key, part(id).value);
    }
    if (view.descending || view.column !== COLUMNS[0]) {
      parameters.set('sort', (view.descending ? '-' : '') + view.column.key);
    }
    const hash = parameters.toString();
    history.replaceState(null, '', location.href.split('#')[0] + (hash ? `#${hash}` : ''));
  };

  // Browsers limit how often a page may change its address.
  let storeTimer = 0;
  const storeViewSoon = () => {
    clearTimeout(storeTimer);
    storeTimer = setTimeout(storeView, 150);
  };

  // ---- Parts that depend on the view.

  let sorted = [];
  let matching = [];

  const sort = () => {
    const { by, key } = view.column;
    const sign = view.descending ? -1 : 1;
    const value = by ?? (row => row[key]);
    const compare = by ? (a, b) => a - b : byText;
    sorted = data.packages.map(row => ({ row, value: value(row) })).sort((a, b) =>
      a.value === null || b.value === null ? (a.value === null) - (b.value === null) : sign * compare(a.value, b.value))
      .map(entry => entry.row);
    [...part('columns').children].forEach((header, index) => {
      const order = view.descending ? 'descending' : 'ascending';
      header.setAttribute('aria-sort', COLUMNS[index] === view.column ? order : 'none');
    });
  };

  const filter = () => {
    const words = part('find').value.toLowerCase().split(/\s+/).filter(word => word);
    const [product, backend, state] = ['product', 'backend', 'state'].map(id => part(id).value);
    matching = sorted.filter(row =>
      (!product || row.product === product) && (!backend || row.backend === backend) && (!state || row.state === state)
      && words.every(word => row.text.includes(word)));
    part('clear').disabled = !Object.keys(FILTERS).some(id => part(id).value);
  };

  // Long names are cut in the middle, because similar names often differ at an end.
  const middleCut = text => {
    const letters = [...text];
    return letters.length <= LABEL ? text
      : `${letters.slice(0, LABEL / 2).join('')}…${letters.slice(1 - LABEL / 2).join('')}`;
  };

  const drawBars = () => {
    const counts = new Map();
    const totals = data.backends.map(() => 0);
    for (const row of matching) {
      const series = seriesOf.get(row.backend);
      if (!counts.has(row.product)) counts.set(row.product, data.backends.map(() => 0));
      counts.get(row.product)[series]++;
      totals[series]++;
    }
    const sum = numbers => numbers.reduce((a, b) => a + b, 0);
    const bars = [...counts].map(([product, parts]) => ({ product, parts, total: sum(parts) }))
      .sort((a, b) => b.total - a.total || byText(a.product, b.product));
    const longest = bars.length === 0 ? 1 : bars[0].total;

    part('legend').replaceChildren(...data.backends.map((backend, series) => put(make('li'),
      draw('svg', { class: 'swatch', viewBox: '0 0 10 10', 'aria-hidden': 'true' },
        draw('rect', { class: colour(series), width: 10, height: 10 })),
      `${backend.name} (${backend.vendor}) `,
      make('small', '', number(totals[series]) + (backend.failed ? ', failed' : '')))));

    const shown = view.allBars ? bars : bars.slice(0, BARS_AT_FIRST);
    part('bars').classList.toggle('few', shown.length <= 5);
    part('bars').classList.toggle('slim', shown.every(({ product }) => product.length <= SLIM));
    part('bars').replaceChildren(...shown.map(({ product, parts, total }) => {
      const segments = parts.map((n, series) => ({ n, series })).filter(({ n }) => n > 0)
        .map(({ n, series }) => ({ n, series, text: `${data.backends[series].name}: ${number(n)}` }));
      const bar = draw('svg', { role: 'img', viewBox: `0 0 ${longest} 1`, preserveAspectRatio: 'none',
        'aria-label': segments.map(({ text }) => text).join(', ') });
      let from = 0;
      for (const { n, series, text } of segments) {
        const title = draw('title', {}, `${product}\n${text}`);
        bar.append(draw('rect', { class: colour(series), x: from, width: n, height: 1 }, title));
        if (from > 0) bar.append(draw('line', { x1: from, x2: from, y1: 0, y2: 1 }));
        from += n;
      }
      const label = make('span', 'label', middleCut(product));
      label.title = product;
      return put(make('li'), label, bar, make('span', 'count', number(total)));
    }));
    const hidden = bars.length - BARS_AT_FIRST;
    part('more-bars').hidden = hidden <= 0;
    part('more-bars').textContent =
      view.allBars ? `Show the ${BARS_AT_FIRST} largest only` : `Show ${count(hidden, 'more product', 'more products')}`;
    part('chart').hidden = bars.length === 0;
  };

  const cell = (row, column) => {
    const text = row[column.key];
    const more = column.more && column.more(row);
    const td = make('td', column.style);
    td.dataset.title = column.title;
    if (text === null) put(td, make('span', 'absent', '–'));
    else {
      const badge = column.key === 'verification' && BADGES[row.state];
      const long = [text, more ?? ''].join(' ').trim().length > (column.short ?? SHORT);
      const shown = put(td, make('div', long ? 'long' : '')).firstChild;
      put(shown, badge ? make('span', `badge ${badge}`, text) : text);
      if (more) put(shown, ' ', make('small', '', more));
    }
    const hint = column.hint && column.hint(row);
    if (hint && hint !== text) td.title = hint;
    return td;
  };

  const addRows = () => {
    const first = part('rows').children.length;
    const next = matching.slice(first, view.rows);
    part('rows').append(...next.map(row => put(make('tr'), ...COLUMNS.map(column => cell(row, column)))));
    const shown = Math.min(view.rows, matching.length);
    const all = `${number(matching.length)} of ${count(data.packages.length, 'package', 'packages')}`;
    part('shown').textContent = matching.length === 0 ? 'No package matches the filter.'
      : shown < matching.length ? `${all}; the first ${number(shown)} are listed.` : `${all}.`;
    const rest = matching.length - shown;
    part('more-rows').hidden = rest === 0;
    part('more-rows').textContent = `Show ${number(Math.min(rest, ROWS_AT_ONCE))} more of ${number(rest)}`;
  };

  const show = () => {
    filter();
    drawBars();
    view.rows = ROWS_AT_ONCE;
    part('rows').replaceChildren();
    part('packages').hidden = matching.length === 0;
    addRows();
  };

  const applyAddress = () => {
    clearTimeout(storeTimer);
    restoreView();
    sort();
    show();
  };

  // ---- Initialization.

  if (data.packages.length === 0) return;

  offer('product', products.map(product => [product, product]));
  offer('backend', data.backends.map(({ name, vendor }) => [name, `${name} (${vendor})`]));
  offer('state', Object.entries(data.states).sort(([, a], [, b]) => byText(a, b)));

  for (const column of COLUMNS) {
    const button = make('button', '', column.title);
    button.type = 'button';
    button.addEventListener('click', () => {
      view.descending = view.column === column && !view.descending;
      view.column = column;
      sort();
      show();
      storeViewSoon();
    });
    const header = make('th', column.style === 'number' ? 'number' : '');
    header.scope = 'col';
    put(part('columns'), put(header, button));
  }
  for (const id of Object.keys(FILTERS)) {
    part(id).addEventListener('input', () => {
      show();
      storeViewSoon();
    });
  }
  part('clear').addEventListener('click', () => {
    Object.keys(FILTERS).forEach(id => { part(id).value = ''; });
    show();
    storeViewSoon();
    part('find').focus();
  });
  part('more-rows').addEventListener('click', () => {
    view.rows += ROWS_AT_ONCE;
    addRows();
  });
  part('more-bars').addEventListener('click', () => {
    view.allBars = !view.allBars;
    drawBars();
  });
  addEventListener('hashchange', applyAddress);

  part('report').hidden = false;
  applyAddress();
})();
