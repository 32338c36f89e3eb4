"""Triggers: the database itself refuses to change or delete a row of the audit log.

A row may go once ``AuditChain.pruned`` has reached it, which ``home.audit.retention``
writes after the time for which rows are kept.
"""

from django.db import migrations

MESSAGE = "rows of the audit log are neither changed nor deleted"
SQLITE = [
    f"""
    CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_auditentry
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
    f"""
    CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_auditentry
    WHEN OLD.number > COALESCE((SELECT MAX(pruned) FROM audit_auditchain), 0)
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION audit_entry_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.number <= COALESCE((SELECT MAX(pruned) FROM audit_auditchain), 0)
            THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION '{MESSAGE}';
    END $$
    """,
    """
    CREATE TRIGGER audit_entry_sealed BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_sealed()
    """,
    """
    CREATE TRIGGER audit_entry_kept BEFORE TRUNCATE ON audit_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_sealed()
    """,
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER audit_entry_kept",
        "DROP TRIGGER audit_entry_unchanged",
    ],
    "postgresql": [
        "DROP TRIGGER audit_entry_kept ON audit_auditentry",
        "DROP TRIGGER audit_entry_sealed ON audit_auditentry",
        "DROP FUNCTION audit_entry_sealed()",
    ],
}


def seal(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        schema_editor.execute(statement)


def unseal(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(seal, unseal)]
