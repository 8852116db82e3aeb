import { render, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Banner from './Banner.svelte';
import Light from './Light.svelte';

describe('Banner', () => {
  it.each([
    ['bad', 'alert'],
    ['warn', 'status'],
    ['info', 'status'],
  ] as const)('of tone %s is announced as %s', (tone, role) => {
    render(Banner, { tone, title: 'Zoom did not create the meeting', text: 'We try again at 1:00.' });
    expect(screen.getByRole(role).textContent).toContain('We try again at 1:00.');
  });

  it('is silent when it was there from the start', () => {
    render(Banner, { tone: 'bad', title: 'Zoom refused', live: false });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('Zoom refused')).toBeTruthy();
  });
});

describe('Light', () => {
  const zoom = { label: 'Zoom', line: 'M2 2h20' };

  it('says its state in words and by a shape of its own', () => {
    const shapes = (['done', 'waiting', 'failed', 'not-needed'] as const).map((state) => {
      const { container, unmount } = render(Light, { ...zoom, state, text: `it is ${state}` });
      expect(container.textContent).toContain(`Zoom: it is ${state}`);
      const shape = container.querySelector('svg.sign')?.innerHTML;
      unmount();
      return shape;
    });
    expect(new Set(shapes).size).toBe(4);
  });

  it('keeps its words when it is compact', () => {
    const { container } = render(Light, { ...zoom, state: 'failed', text: 'refused', compact: true });
    expect(container.querySelector('.sr')?.textContent).toBe('Zoom: refused');
  });
});
