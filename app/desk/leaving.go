package desk

// MayClose says whether the window may be closed now. While something in the page is
// not kept, the page is asked instead, and closes the window by Shell.Close once the
// user has decided. A page that did not even hear the question is not asked twice.
func (d *Desk) MayClose() bool {
	m := &d.shell
	m.mu.Lock()
	ask := m.unsaved && !m.asked
	m.asked = ask
	m.mu.Unlock()
	if ask {
		d.Emit(EventClosing, nil)
		d.Raise()
	}
	return !ask
}

// Unsaved tells whether something in the page is not kept. The page says it whenever
// that changes, and each time that it hears EventClosing.
func (s *Shell) Unsaved(yes bool) error {
	m := &s.desk.shell
	m.mu.Lock()
	defer m.mu.Unlock()
	m.unsaved, m.asked = yes, false
	return nil
}

// Close closes the window, whatever is not kept.
func (s *Shell) Close() error {
	if err := s.Unsaved(false); err != nil {
		return err
	}
	s.desk.Quit()
	return nil
}
