/* Lets WebKitWebDriver steer a window that was made without thinking of it: put before the real library
   (LD_PRELOAD), it answers the one function with which Wails makes its view, and hands that view to the driver. */
#include <webkit2/webkit2.h>

static WebKitWebView *view;

static WebKitWebView *give(WebKitAutomationSession *session, gpointer data) { return view; }

static void started(WebKitWebContext *context, WebKitAutomationSession *session, gpointer data) {
	g_signal_connect(session, "create-web-view", G_CALLBACK(give), NULL);
}

GtkWidget *webkit_web_view_new_with_user_content_manager(WebKitUserContentManager *manager) {
	WebKitWebContext *context = webkit_web_context_get_default();
	webkit_web_context_set_automation_allowed(context, TRUE);
	g_signal_connect(context, "automation-started", G_CALLBACK(started), NULL);
	view = WEBKIT_WEB_VIEW(g_object_new(WEBKIT_TYPE_WEB_VIEW, "web-context", context, "user-content-manager", manager,
		"is-controlled-by-automation", TRUE, NULL));
	return GTK_WIDGET(view);
}
