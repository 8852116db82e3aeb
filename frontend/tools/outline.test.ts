import { describe, expect, it } from 'vitest';
import { outline } from './outline.ts';

describe('the line of a shape', () => {
  it('begins where the shape does, whatever stands before it', () => {
    expect(outline(['path', { d: 'm9 15 2 2 4-4' }])).toBe('M9 15l2 2 4-4');
    expect(outline(['path', { d: 'm21.73 18-8-14a2 2 0 0 0-3.48 0' }])).toBe(
      'M21.73 18l-8-14a2 2 0 0 0-3.48 0',
    );
    expect(outline(['path', { d: 'm4.5.5v4' }])).toBe('M4.5 .5v4');
    expect(outline(['path', { d: 'M8 2v4' }])).toBe('M8 2v4');
  });

  it('goes round circles and boxes', () => {
    expect(outline(['circle', { cx: '12', cy: '12', r: '10' }])).toBe(
      'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0z',
    );
    expect(outline(['rect', { x: '2', y: '4', width: '20', height: '16' }])).toBe('M2 4h20v16h-20v-16z');
    expect(outline(['rect', { x: '2', y: '4', width: '20', height: '16', rx: '2' }])).toBe(
      'M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-16a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2z',
    );
    expect(outline(['line', { x1: '12', y1: '8', x2: '12', y2: '12' }])).toBe('M12 8L12 12');
  });

  it('is none where there is more than a line, or a slanting stroke', () => {
    expect(outline(['circle', { cx: '1', cy: '1', r: '1', fill: 'currentColor' }])).toBeUndefined();
    expect(outline(['rect', { x: '2', y: '4', width: '9', height: '9', rx: '2', ry: '3' }])).toBeUndefined();
    expect(outline(['ellipse', { cx: '1', cy: '1', rx: '1', ry: '2' }])).toBeUndefined();
    expect(outline(['path', { d: 'm6 6 12 12' }])).toBeUndefined();
    expect(outline(['path', { d: 'M18 6 6 18' }])).toBeUndefined();
    expect(outline(['line', { x1: '2', y1: '2', x2: '9', y2: '9' }])).toBeUndefined();
  });
});
