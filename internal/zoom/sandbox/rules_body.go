package sandbox

import (
	"encoding/json"
	"slices"
	"strings"
)

// The names of §3.1 and §3.3. Zoom takes no notice of others, so that a
// misspelt one would never be found.
var (
	bodyNames = strings.Fields(`agenda default_password duration password pre_schedule recurrence schedule_for settings
		start_time template_id timezone topic tracking_fields type`)
	recurrenceNames = strings.Fields(`end_date_time end_times monthly_day monthly_week monthly_week_day repeat_interval type weekly_days`)
	settingNames    = strings.Fields(`additional_data_center_regions allow_host_control_participant_mute_state allow_multiple_devices
		alternative_host_update_polls alternative_hosts alternative_hosts_email_notification approval_type
		approved_or_denied_countries_or_regions audio audio_conference_info authentication_domains authentication_exception
		authentication_name authentication_option auto_recording auto_start_ai_companion_questions auto_start_meeting_summary
		breakout_room calendar_type close_registration cn_meeting contact_email contact_name continuous_meeting_chat custom_keys
		device_testing disable_participant_video email_in_attendee_report email_notification encryption_type enforce_login
		enforce_login_domains focus_mode global_dial_in_countries global_dial_in_numbers host_save_video_order host_video in_meeting
		internal_meeting jbh_time join_before_host language_interpretation meeting_authentication meeting_invitees mute_upon_entry
		participant_focused_meeting participant_video private_meeting push_change_to_calendar question_and_answer
		registrants_confirmation_email registrants_email_notification registration_type resources show_share_button
		sign_language_interpretation summary_template_id use_pmi waiting_room watermark who_can_ask_questions
		who_will_receive_summary`)
)

// lookAtBody judges the body of a create or update: times are UTC with Z, or a
// wall clock with its zone, never an offset; names are Zoom's.
func (r *rules) lookAtBody(c *call) {
	if c.fields == nil {
		return
	}
	var start, zone string
	_ = json.Unmarshal(c.fields["start_time"], &start)
	_ = json.Unmarshal(c.fields["timezone"], &zone)
	switch {
	case hasOffset(start):
		r.breaks(c, "start_time %s carries an offset", start)
	case isLocal(start) && zone == "":
		r.breaks(c, "start_time %s is local and no timezone is given", start)
	}
	r.lookAtNames(c, "", c.fields, bodyNames)
	for name, known := range map[string][]string{"recurrence": recurrenceNames, "settings": settingNames} {
		var inner map[string]json.RawMessage
		if json.Unmarshal(c.fields[name], &inner) == nil {
			r.lookAtNames(c, name+".", inner, known)
		}
	}
}

func (r *rules) lookAtNames(c *call, prefix string, m map[string]json.RawMessage, known []string) {
	for name := range m {
		if !slices.Contains(known, name) {
			r.breaks(c, "%s%s is none of Zoom's fields", prefix, name)
		}
	}
}
