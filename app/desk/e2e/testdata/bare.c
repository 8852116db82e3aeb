/* The smallest window with a page in it: what ours is weighed against. */
#include <gtk/gtk.h>
#include <webkit2/webkit2.h>

int main(int argc, char **argv) {
	gtk_init(&argc, &argv);
	GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
	gtk_window_set_default_size(GTK_WINDOW(window), 1440, 900);
	GtkWidget *view = webkit_web_view_new_with_user_content_manager(webkit_user_content_manager_new());
	WebKitSettings *settings = webkit_web_view_get_settings(WEBKIT_WEB_VIEW(view));
	webkit_settings_set_hardware_acceleration_policy(settings, WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
	gtk_container_add(GTK_CONTAINER(window), view);
	g_signal_connect(window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
	webkit_web_view_load_html(WEBKIT_WEB_VIEW(view), "<!doctype html><title>bare</title><p>Hello", "http://127.0.0.1/");
	gtk_widget_show_all(window);
	gtk_main();
	return 0;
}
