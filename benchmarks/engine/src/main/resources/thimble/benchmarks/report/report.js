(function () {
  var d = document, tip = d.createElement('div');
  tip.id = 'tip'; tip.hidden = true; d.body.appendChild(tip);
  function each(list, f) { Array.prototype.forEach.call(list, f); }
  d.addEventListener('pointerover', function (e) {
    var t = e.target.closest('[data-tip]'), a = e.target.closest('.arm');
    each(d.querySelectorAll('svg.hot'), function (s) { s.classList.remove('hot'); });
    each(d.querySelectorAll('.arm.now'), function (g) { g.classList.remove('now'); });
    if (a) { a.classList.add('now'); a.closest('svg').classList.add('hot'); }
    tip.hidden = !t;
    if (t) { tip.textContent = t.getAttribute('data-tip'); }
  });
  d.addEventListener('pointermove', function (e) {
    if (!tip.hidden) {
      tip.style.left = Math.max(4, Math.min(e.clientX + 12, innerWidth - tip.offsetWidth - 4)) + 'px';
      tip.style.top = Math.max(4, e.clientY - tip.offsetHeight - 10) + 'px';
    }
  });
  function key(row, i) {
    var c = row.cells[i], v = c.getAttribute('data-value');
    return v === null ? c.textContent.trim() : v === '' ? -Infinity : Number(v);
  }
  each(d.querySelectorAll('table.sort'), function (table) {
    var heads = table.tHead.rows[0].cells, body = table.tBodies[0];
    each(heads, function (th, i) {
      var b = d.createElement('button');
      b.type = 'button'; b.textContent = th.textContent; th.textContent = ''; th.appendChild(b);
      b.addEventListener('click', function () {
        var up = th.getAttribute('aria-sort') === 'descending';
        each(heads, function (h) { h.removeAttribute('aria-sort'); });
        th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        Array.prototype.slice.call(body.rows).sort(function (p, q) {
          var a = key(p, i), z = key(q, i), s = a === z ? 0 : a > z ? 1 : -1;
          return up ? s : -s;
        }).forEach(function (r) { body.appendChild(r); });
      });
    });
  });
}());
