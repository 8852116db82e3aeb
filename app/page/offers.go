package page

import (
	"context"
	"sync"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// offers keeps what was found out a moment ago, so that a crowd before one topic asks
// the engine once. What a visitor then books is looked at anew.
type offers struct {
	now  func() time.Time
	mu   sync.Mutex
	kept map[offerKey]*offer
}

type offerKey struct {
	topic, moving string
	from, to      int64
}

type offer struct {
	sync.Once
	made time.Time
	pic  booking.Picture
	err  error
}

const (
	offerLife  = time.Second
	mostOffers = 128
	offerTime  = 20 * time.Second
)

// get returns the picture of a topic for a stretch, at most a second old.
func (o *offers) get(ctx context.Context, key offerKey, ask func(context.Context) (booking.Picture, error)) (booking.Picture, error) {
	one := o.one(key)
	one.Do(func() {
		ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), offerTime)
		defer stop()
		one.pic, one.err = ask(ctx)
	})
	return one.pic, one.err
}

func (o *offers) one(key offerKey) *offer {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := o.now()
	if one := o.kept[key]; one != nil && now.Sub(one.made) < offerLife {
		return one
	}
	if o.kept == nil || len(o.kept) >= mostOffers {
		o.kept = map[offerKey]*offer{}
	}
	one := &offer{made: now}
	o.kept[key] = one
	return one
}

// forget drops everything: something was booked here.
func (o *offers) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.kept = nil
}

// picture is what a topic offers in a stretch; moving is the booking that is to go elsewhere.
func (p *Page) picture(ctx context.Context, t kwadrans.Topic, moving *kwadrans.Booking, span kwadrans.Span) (booking.Picture, error) {
	key := offerKey{topic: t.Slug, from: span.Start.Unix(), to: span.End.Unix()}
	if moving == nil {
		return p.offers.get(ctx, key, func(ctx context.Context) (booking.Picture, error) { return p.House.Booking.Picture(ctx, t.Slug, span) })
	}
	key.moving = moving.ID
	return p.offers.get(ctx, key, func(ctx context.Context) (booking.Picture, error) {
		return p.House.Booking.MovePicture(ctx, moving.ID, span)
	})
}
