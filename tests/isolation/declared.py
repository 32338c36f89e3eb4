"""Addresses that carry nothing of a portal, each with the reason.

A new view belongs here only if no row of a portal can show in it or be changed by it;
otherwise write attacks on it (``tests/isolation/attacks/``).
"""

from __future__ import annotations

# By name, or by route where a view has none.
WITHOUT_TENANT = {
    "wagtailadmin_account": "one's own account",
    "wagtailadmin_logout": "ends one's own session",
    "wagtailadmin_login": "before anybody is known",
    "wagtailadmin_password_reset": "answers the same to every address",
    "wagtailadmin_password_reset_done": "a fixed text",
    "wagtailadmin_password_reset_confirm": "opens with a signed token only",
    "wagtailadmin_password_reset_complete": "a fixed text",
    "wagtailadmin_dismissibles": "one's own dismissed hints",
    "wagtailadmin_javascript_catalog": "translations of Wagtail's scripts",
    "wagtailadmin_sprite": "icons",
    "wagtailadmin_error_test": "raises an error on purpose, superusers only",
    "admin/test404/": "a template of the error page",
    "admin/.*/$": "every address that does not exist",
    "wagtailadmin_block_preview": "a block with its example value",
    "wagtailadmin_choose_page_external_link": "a form for a typed address",
    "wagtailadmin_choose_page_email_link": "a form for a typed address",
    "wagtailadmin_choose_page_phone_link": "a form for a typed number",
    "wagtailadmin_choose_page_anchor_link": "a form for a typed anchor",
    "wagtailembeds:chooser": "a form for a typed address",
    "wagtailembeds:chooser_upload": "the same form, sent",
    "wagtailadmin_tag_autocomplete": "always 404 (media.admin_urls)",
    "wagtailadmin_tag_model_autocomplete": "always 404 (media.admin_urls)",
    "wagtailsnippets:index": "names of the kinds of shared terms",
    "wagtailadmin_workflows:select_task_type": "names of the kinds of review steps",
    "wagtailredirects:process_import": "takes a signed name from the form before it",
    "accounts_verify": "one's own second factor, while logging in",
    "accounts_set_up": "one's own second factor, while logging in",
    "accounts_session": "how long one's own session lasts",
    "accounts_own": "one's own second factor",
    "accounts_codes": "one's own recovery codes",
    "accounts_remove": "one's own second factor",
    "first_password": "one's own password",
    "api_v2:openapi": "the description of the API",
    "api_v2:nothing": "404 for what is not an endpoint",
}

# Views of rows that all portals share on purpose: topics, audiences, regions and
# holidays belong to no portal. Their usage pages, which list pages of portals, are
# attacked all the same, and so is the law library, where counties have rows.
SHARED = {
    f"{space}:{view}": reason
    for kind, reason in {
        "topic": "topics are shared by all portals",
        "audience": "audiences are shared by all portals",
        "region": "regions have official codes and are shared",
        "holidaynotice": "days off hold for the whole country",
    }.items()
    for space, views in (
        (
            f"wagtailsnippets_home_{kind}",
            "list list_results add edit delete history history_results copy",
        ),
        (
            f"wagtailsnippetchoosers_home_{kind}",
            "choose choose_results chosen chosen_multiple create",
        ),
    )
    for view in views.split()
}
# Views that answer nobody.
NOT_THERE = {
    "wagtailimages:create_multiple_from_uploaded_image": "a refused file is not kept",
    "wagtaildocs:create_multiple_from_uploaded_document": "a refused file is not kept",
    "wagtailimages:url_generator": "pictures have no address with a signature",
    "wagtailimages:url_generator_output": "pictures have no address with a signature",
    "statutes:add": "statutes come in by a command",
    "statutes:delete": "nobody deletes a statute",
    "statute-versions:add": "versions come in by a command",
    "statute-versions:delete": "nobody deletes a version",
    "portals:delete": "nobody deletes a portal by a button",
    "wagtailadmin_pages:revisions_index": "a redirect to the history by number",
    "wagtailsettings:preview_on_edit": "no setting of ours has a preview",
}

DECLARED = {**WITHOUT_TENANT, **SHARED, **NOT_THERE}
