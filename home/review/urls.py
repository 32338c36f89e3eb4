"""Below ``/admin/review/``."""

from django.urls import path

from home.review import views, way_views

urlpatterns = [
    path("", views.DeskView.as_view(), name="desk"),
    path("sheets/", views.SheetsView.as_view(), name="sheets"),
    path("sheets/<int:pk>/", views.SheetView.as_view(), name="sheet"),
    path("emergencies/", views.EmergenciesView.as_view(), name="emergencies"),
    path("pages/<int:pk>/emergency/", views.EmergencyView.as_view(), name="emergency"),
    path("pages/<int:pk>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path("ways/", way_views.WaysView.as_view(), name="ways"),
    path("ways/<int:pk>/", way_views.WayView.as_view(), name="way"),
    path("ways/<int:pk>/remove/", way_views.RemoveWayView.as_view(), name="remove_way"),
    path("ways/<int:pk>/repair/", way_views.RepairWayView.as_view(), name="repair_way"),
    path("portals/<int:pk>/column/", way_views.NewWayView.as_view(), name="new_way"),
    path(
        "portals/<int:pk>/releasers/",
        way_views.ReleasersView.as_view(),
        name="releasers",
    ),
    path("portals/<int:pk>/limits/", way_views.LimitsView.as_view(), name="limits"),
]
