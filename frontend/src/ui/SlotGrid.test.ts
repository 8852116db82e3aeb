import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { day, lead } from './gallery/slots';
import SlotGrid from './SlotGrid.svelte';

const given = { label: 'Start, Thursday 26 November', columns: 4, heads: [':00', ':15', ':30', ':45'], lead };

// The other clock shows the same times as the grid, so a start is looked for among the buttons.
function cell(name: string): HTMLElement {
  const found = screen.getAllByRole('gridcell', { name }).find((one) => one instanceof HTMLButtonElement);
  if (!found) throw new Error(`no start at ${name}`);
  return found;
}

describe('SlotGrid', () => {
  it('is a named grid with an hour at the head of each line', () => {
    render(SlotGrid, { ...given, rows: day(), onpick: vi.fn() });
    const grid = screen.getByRole('grid', { name: 'Start, Thursday 26 November' });
    const heads = within(grid).getAllByRole('rowheader');
    expect(heads.map((head) => head.textContent)).toEqual([
      '8',
      '9',
      '10',
      '11',
      '12',
      '13',
      '14',
      '15',
      '16',
    ]);
  });

  it('picks a free start with a press, with Enter and with Space', async () => {
    const onpick = vi.fn();
    render(SlotGrid, { ...given, rows: day(), onpick });
    await userEvent.click(cell('14:15'));
    await userEvent.keyboard('{ArrowRight}{Enter}');
    await userEvent.keyboard('{ArrowRight} ');
    expect(onpick.mock.calls).toEqual([['14:15'], ['14:30'], ['14:45']]);
  });

  it('is one Tab stop, at the chosen start or else the first free one', async () => {
    const { rerender } = render(SlotGrid, { ...given, rows: day(), onpick: vi.fn() });
    const stops = () => screen.getAllByRole('gridcell').filter((one) => one.tabIndex === 0);
    expect(stops()).toEqual([cell('8:00')]);
    await rerender({ selected: '15:15', rows: day('15:15') });
    expect(stops()).toEqual([cell('15:15')]);
    await userEvent.tab();
    await userEvent.tab();
    expect(document.activeElement).toBe(document.body);
  });

  it('goes where it is led, and stays at the edge', async () => {
    render(SlotGrid, { ...given, rows: day(), onpick: vi.fn() });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowLeft}');
    expect(document.activeElement).toBe(cell('8:00'));
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(cell('9:00'));
    await userEvent.keyboard('{End}');
    expect(document.activeElement).toBe(cell('16:00'));
  });

  it('says why a start is taken and does not pick it', async () => {
    const onpick = vi.fn();
    const { rerender } = render(SlotGrid, { ...given, rows: day(), onpick });
    expect(cell('9:15').title).toBe('Za mało czasu do następnego spotkania');
    expect(cell('9:15').getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(cell('9:15'));
    expect(onpick).not.toHaveBeenCalled();
    await rerender({ openTaken: true });
    await userEvent.click(cell('9:15'));
    expect(onpick).toHaveBeenCalledWith('9:15');
  });

  it('marks the chosen start and what the meeting covers', () => {
    render(SlotGrid, { ...given, rows: day('15:30'), selected: '15:30', clash: true, onpick: vi.fn() });
    expect(cell('15:30').getAttribute('aria-selected')).toBe('true');
    const covered = screen.getAllByRole('gridcell').filter((one) => one.classList.contains('covered'));
    expect(covered.map((one) => one.textContent.trim())).toEqual(['15:30', '15:45', '16:00']);
    const block = screen.getByTitle('Konsultacja wstępna, 16:15–17:00 (Zoom)');
    expect(block.querySelector<HTMLElement>('.hit')?.style.width).toMatch(/^33\.3/);
  });

  it('lets a start beneath a bar be picked as well, by mouse and by keyboard', async () => {
    const onpick = vi.fn();
    const beneath = { kind: 'taken', text: '10:15' } as const;
    const bar = { kind: 'block', text: 'Rozprawa', title: 'Rozprawa, 10:00–12:30', colour: 'slate' } as const;
    const under = [
      { ...beneath, id: 'a', at: 0 },
      { ...beneath, id: 'b', text: '10:30', at: 1 },
    ];
    const rows = [{ id: '10', label: '10', parts: [{ ...bar, span: 4, begins: true, under }] }];
    render(SlotGrid, { ...given, rows, onpick, openTaken: true, lead: () => 'b' });
    await userEvent.click(screen.getByRole('gridcell', { name: '10:15, Rozprawa, 10:00–12:30' }));
    await userEvent.keyboard('{ArrowRight}{Enter}');
    expect(onpick.mock.calls).toEqual([['a'], ['b']]);
  });

  it('says what a bar is where it goes on without words', () => {
    render(SlotGrid, { ...given, rows: day(), onpick: vi.fn() });
    expect(screen.getAllByRole('gridcell', { name: 'Rozprawa, Sąd Okręgowy, 10:00–12:30' })).toHaveLength(3);
  });

  it('asks for another day and takes the focus along', async () => {
    const onmove = vi.fn();
    const { rerender } = render(SlotGrid, { ...given, rows: day(), onpick: vi.fn(), onmove });
    await userEvent.tab();
    await userEvent.keyboard('{PageDown}');
    await userEvent.keyboard('{Shift>}{PageUp}{/Shift}');
    expect(onmove.mock.calls).toEqual([[1], [-7]]);
    await rerender({ busy: true });
    const tomorrow = day().map((row) => ({
      ...row,
      parts: row.parts.map((part) => ('id' in part ? { ...part, id: `27/${part.id}` } : part)),
    }));
    await rerender({ rows: tomorrow, busy: false });
    expect(document.activeElement?.getAttribute('data-slot')).toBe('27/8:00');
  });

  it('does not take the focus when the day changes by itself', async () => {
    const { rerender } = render(SlotGrid, { ...given, rows: day(), onpick: vi.fn() });
    await rerender({ rows: day('8:00') });
    expect(document.activeElement).toBe(document.body);
  });

  it('does not take the focus back from where it has gone since', async () => {
    const { rerender } = render(SlotGrid, { ...given, rows: day(), onpick: vi.fn(), onmove: vi.fn() });
    const elsewhere = document.createElement('button');
    document.body.append(elsewhere);
    await userEvent.tab();
    await userEvent.keyboard('{PageDown}');
    elsewhere.focus();
    await rerender({ rows: day('8:00') });
    expect(document.activeElement).toBe(elsewhere);
    elsewhere.remove();
  });

  it('leaves keys with Ctrl to the window', async () => {
    const onmove = vi.fn();
    render(SlotGrid, { ...given, rows: day(), onpick: vi.fn(), onmove });
    await userEvent.tab();
    await userEvent.keyboard('{Control>}{PageDown}{/Control}');
    expect(onmove).not.toHaveBeenCalled();
  });
});
