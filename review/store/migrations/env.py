"""What Alembic runs: the migrations, on the connection and in the transaction of the caller."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,  # SQLite's is, once BEGIN is said explicitly
)
with context.begin_transaction():
    context.run_migrations()
