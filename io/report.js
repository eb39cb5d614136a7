// The report's script: filters, details, order, print. Without it the page can still be read.
'use strict';
(() => {
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const words = byId('words').dataset;
const days = Number(root.dataset.days);
const late = root.dataset.late.split(' ').filter(Boolean).map((slot) => slot.split('-').map(Number));
const sheets = all('.sheet');
const sheetOf = new Map(sheets.map((sheet) => [sheet.dataset.h, sheet]));
document.body.classList.add('scripted');

function make(tag, className, ...children) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
}

// The steps of a household: first day, last day, minute of an appointment, and its line.
function stepsOf(sheet) {
    return all('.steps li', sheet).map((line) => {
        const [first, last, minute] = line.dataset.d.split(',').map(Number);
        return {first, last, minute, line};
    });
}

// ---- Details: on hover, on tap, on focus, with the arrow keys

const details = byId('details');
let lit = []; // what is highlighted: pages are large, and this is asked for with every move

function show(lines, x, y) {
    details.replaceChildren(...lines);
    details.hidden = false;
    const left = Math.min(x + 14, innerWidth - details.offsetWidth - 8);
    const below = y + 18 + details.offsetHeight < innerHeight;
    details.style.left = `${Math.max(8, left)}px`;
    details.style.top = `${Math.max(8, below ? y + 18 : y - 12 - details.offsetHeight)}px`;
}

function hide() {
    details.hidden = true;
    lit.forEach((element) => element.classList.remove('on', 'dim'));
    lit = [];
}

function light(className, elements) {
    elements.forEach((element) => element.classList.add(className));
    lit.push(...elements);
}

// What the household has on the day under the pointer, or within a day of it.
function linesAt(row, x) {
    const box = row.querySelector('svg').getBoundingClientRect();
    const day = Math.floor((x - box.left) / box.width * days);
    const steps = stepsOf(sheetOf.get(row.dataset.h));
    let found = steps.filter((step) => step.first <= day && day <= step.last);
    if (found.length === 0)
        found = steps.filter((step) => step.first <= day + 2 && day - 2 <= step.last);
    return found.map((step) => make('div', '', ...step.line.cloneNode(true).childNodes));
}

function highlight(trade) {
    light('on', all(`[data-l="${trade}"]`, byId('balance')));
    light('dim', all('table', byId('balance')));
}

function inform(target, x, y) {
    hide();
    const told = target.closest('[data-t]');
    const row = target.closest('tr[data-h]');
    if (told) {
        if (told.dataset.l)
            highlight(told.dataset.l);
        else
            light('on', [told]);
        show([make('p', '', told.dataset.t)], x, y);
    } else if (row && target.closest('svg')) {
        const lines = linesAt(row, x);
        if (lines.length > 0)
            show([make('b', '', row.querySelector('th').textContent), ...lines], x, y);
    }
}

const inChart = (event) => event.target.closest('svg, [data-t]');
document.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'mouse' && inChart(event))
        inform(event.target, event.clientX, event.clientY);
    else if (event.pointerType === 'mouse' && !details.hidden)
        hide();
});
document.addEventListener('click', (event) => {
    if (inChart(event))
        inform(event.target, event.clientX, event.clientY);
    else
        hide();
});
document.addEventListener('focusin', (event) => {
    const box = event.target.getBoundingClientRect();
    const row = event.target.closest('tr[data-h]');
    hide();
    if (!event.target.matches(':focus-visible'))
        return;
    if (event.target.matches('[data-t]')) {
        inform(event.target, box.left, box.bottom);
    } else if (row && sheetOf.has(row.dataset.h)) {
        const lines = stepsOf(sheetOf.get(row.dataset.h)).map(
            (step) => make('div', '', ...step.line.cloneNode(true).childNodes));
        show(lines, box.left, box.bottom);
    }
});

// Drawings whose parts tell something are one stop for the Tab key; arrows go from part to part.
for (const drawing of new Set(all('svg [data-t]').map((part) => part.closest('td > svg')))) {
    drawing.tabIndex = 0;
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-label', drawing.closest('tr').querySelector('th').textContent);
}
document.addEventListener('keydown', (event) => {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (event.key === 'Escape')
        hide();
    if (!step || !event.target.matches('td > svg'))
        return;
    const parts = all('[data-t]', event.target);
    const now = parts.findIndex((part) => part.classList.contains('on'));
    const next = parts[(now + step + parts.length) % parts.length];
    const box = next.getBoundingClientRect();
    inform(next, box.left, box.bottom);
    event.preventDefault();
});

// ---- Filters

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const value = (id) => byId(id)?.value ?? '';
const marked = all('[data-h]').filter((element) => !element.matches('.sheet'));
const texts = new Map();

// Whether the member of the filter comes to the step, whose line names all who come.
function comes(step) {
    const choice = byId('member');
    const names = step.line.querySelector('b').nextSibling.textContent.trim();
    return value('member') === '' ||
        `, ${names}, `.includes(`, ${choice.selectedOptions[0].textContent}, `);
}

function matches(sheet) {
    if (!texts.has(sheet))
        texts.set(sheet, fold(sheet.textContent));
    const week = value('weeks');
    return (value('household') === '' || sheet.dataset.h === value('household')) &&
        (value('building') === '' || sheet.dataset.b === value('building')) &&
        (value('member') === '' || sheet.dataset.m.split(' ').includes(value('member'))) &&
        (week === '' || stepsOf(sheet).some(
            (step) => step.first <= Number(week) + 6 && step.last >= Number(week) && comes(step))) &&
        fold(value('search')).split(/\s+/).every((word) => texts.get(sheet).includes(word));
}

function entry(sheet, step) {
    const hour = `${Math.floor(step.minute / 60)}`;
    const minute = String(step.minute % 60).padStart(2, '0');
    const clock = root.lang === 'fr' ? `${hour}\u00a0h\u00a0${minute}` : `${hour}:${minute}`;
    const link = make('a', '', sheet.querySelector('summary b').textContent);
    link.href = `#h${sheet.dataset.h}`;
    const copies = all('summary .place, .private .phone', sheet).map((part) => part.cloneNode(true));
    const text = make('div', '',
        make('p', 'what', step.line.querySelector('b').cloneNode(true), ' ',
            make('span', 'status', step.line.querySelector('i').cloneNode(true))),
        make('p', '', link, ...copies.flatMap((copy) => [' ', copy])));
    const when = make('p', 'when', make('b', '', step.minute >= 0 ? clock : ''));
    if (late.some(([from, to]) => step.minute >= from && step.minute < to))
        when.append(' ', make('em', 'late', words.evening));
    return make('li', '', when, text);
}

// The days of another week than the one that the page was made for.
function agenda(first, visible) {
    const format = new Intl.DateTimeFormat(root.lang === 'fr' ? 'fr' : 'en-GB',
        {weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC'});
    const steps = visible.flatMap((sheet) => stepsOf(sheet).map((step) => ({...step, sheet})));
    const begins = (step) => step.minute >= 0 ? step.minute : 24 * 60;
    return [0, 1, 2, 3, 4, 5, 6].map((d) => {
        const own = steps.filter((step) => step.first === first + d && comes(step))
            .sort((a, b) => begins(a) - begins(b));
        const day = new Date((Number(root.dataset.from) + first + d) * 864e5);
        const list = own.length > 0
            ? make('ol', '', ...own.map((step) => entry(step.sheet, step)))
            : make('p', 'none', words.none);
        return own.length > 0 || d < 5
            ? make('section', 'day', make('h3', '', format.format(day)), list) : '';
    });
}

const thisWeek = document.querySelector('#week > h2')?.textContent;

function showWeek(visible) {
    const week = value('weeks');
    all('#week > .chosen').forEach((old) => old.remove());
    all('#week > :not(h2, .tools)').forEach((part) => { part.hidden = week !== ''; });
    document.querySelector('#week > h2').textContent = week === '' ? thisWeek
        : `${words.week} ${byId('weeks').selectedOptions[0].textContent}`;
    all('#grid .band').forEach((old) => old.remove());
    if (week === '')
        return;
    byId('week').append(make('div', 'days chosen', ...agenda(Number(week), visible)));
    const band = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    band.setAttribute('class', 'band');
    band.setAttribute('x', week);
    band.setAttribute('width', 7);
    band.setAttribute('height', 99);
    byId('grid').append(band);
}

function filter() {
    const member = value('member');
    const visible = sheets.filter(matches);
    const ids = new Set(visible.map((sheet) => sheet.dataset.h));
    const others = (element) => !ids.has(element.dataset.h) || (member !== '' && element.dataset.m !== undefined &&
        !element.dataset.m.split(' ').includes(member));
    sheets.forEach((sheet) => { sheet.hidden = !ids.has(sheet.dataset.h); });
    marked.forEach((element) => element.toggleAttribute('hidden', others(element)));
    all('tr[data-r]').forEach((row) => { row.hidden = member !== '' && row.dataset.r !== member; });
    all('#deliveries tbody tr').forEach((row) => {
        row.hidden = visible.length < sheets.length && !row.querySelector('[data-h]:not([hidden])');
    });
    showWeek(visible);
    byId('count').value = visible.length < sheets.length
        ? `${visible.length} / ${sheets.length} ${words.some}` : '';
}

const form = document.querySelector('form');
if (form) {
    let pending;
    form.addEventListener('input', () => {
        clearTimeout(pending);
        pending = setTimeout(filter, 80);
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(filter));
    form.parentElement.open = matchMedia('(min-width: 60rem)').matches;
}

// From week to week, beginning with that of the plan.
for (const button of all('[data-step]'))
    button.addEventListener('click', () => {
        const weeks = byId('weeks');
        const now = weeks.value === '' ? Number(root.dataset.day) : Number(weeks.value);
        const wanted = now + 7 * button.dataset.step;
        const option = [...weeks.options].find((o) => o.value !== '' && Number(o.value) <= wanted &&
            wanted < Number(o.value) + 7);
        if (option)
            weeks.value = option.value;
        filter();
    });

// ---- Order of the rows

for (const button of all('[data-sort]'))
    button.addEventListener('click', () => {
        const building = (row) => button.dataset.sort === 'b' ? sheetOf.get(row.dataset.h).dataset.b : '';
        const body = document.querySelector('.bars tbody');
        const rows = [...body.rows].sort((a, b) => building(a).localeCompare(building(b)) ||
            a.dataset.s - b.dataset.s || a.dataset.h - b.dataset.h);
        body.append(...rows);
        all('[data-sort]').forEach((other) => other.setAttribute('aria-pressed', other === button));
    });

// ---- Sheets and paper

function reveal() {
    const article = /^#h\d+$/.test(location.hash) && byId(location.hash.slice(1));
    if (!article)
        return;
    article.parentElement.open = true;
    article.parentElement.scrollIntoView();
    article.parentElement.querySelector('summary').focus({preventScroll: true});
    hide();
}
addEventListener('hashchange', reveal);
reveal();

let opened = [];
addEventListener('beforeprint', () => {
    hide();
    opened = sheets.filter((sheet) => !sheet.open && !sheet.hidden);
    opened.forEach((sheet) => { sheet.open = true; });
    const note = document.querySelector('#sheets > .note');
    sheets.forEach((sheet) => {
        if (!sheet.querySelector('article > .note'))
            sheet.querySelector('article').append(note.cloneNode(true));
    });
});
addEventListener('afterprint', () => {
    opened.forEach((sheet) => { sheet.open = false; });
    delete root.dataset.print;
    delete root.dataset.only;
    all('.only').forEach((sheet) => sheet.classList.remove('only'));
});
for (const button of all('[data-print]'))
    if (button.matches('button'))
        button.addEventListener('click', () => {
            root.dataset.print = button.dataset.print;
            print();
        });
document.addEventListener('toggle', (event) => {
    const sheet = event.target;
    if (!sheet.matches('.sheet[open]') || sheet.querySelector('.tools') || document.body.matches('.household'))
        return;
    const button = make('button', '', words.print);
    button.type = 'button';
    button.addEventListener('click', () => {
        sheet.classList.add('only');
        root.dataset.print = 'sheets';
        root.dataset.only = '';
        print();
    });
    sheet.querySelector('article').append(make('p', 'tools', button));
}, true);
})();
