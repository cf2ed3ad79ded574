using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Sourcing.Data.Common;

/// <summary>Begins every transaction with the person's session, which the database proves before anything else runs.</summary>
internal sealed class IdentityInterceptor(CurrentUser user) : DbTransactionInterceptor
{
    public override DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        using var command = Begin(connection, result);
        command.ExecuteNonQuery();
        return result;
    }

    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await using var command = Begin(connection, result);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    private NpgsqlCommand Begin(DbConnection connection, DbTransaction transaction)
    {
        var command = new NpgsqlCommand("select app.begin($1)", (NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        command.Parameters.Add(new() { Value = user.Identity.SessionToken });
        return command;
    }
}

/// <summary>The same for accounts, where a transaction may run before anybody is signed in.</summary>
internal sealed class IdentityIfSignedIn(CurrentUser user) : DbTransactionInterceptor
{
    private readonly IdentityInterceptor _identity = new(user);

    public override DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result) =>
        user.Identity.SessionToken.Length == 0 ? result : _identity.TransactionStarted(connection, eventData, result);

    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default) =>
        user.Identity.SessionToken.Length == 0 ? new(result) : _identity.TransactionStartedAsync(connection, eventData, result, cancellationToken);
}

/// <summary>Throws where a statement would run outside a transaction, and so without an identity. Reads too.</summary>
internal sealed class TransactionGuard : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Demand(command, result);

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) => Demand(command, result);

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Demand(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => new(Demand(command, result));

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => new(Demand(command, result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => new(Demand(command, result));

    private static T Demand<T>(DbCommand command, T result) =>
        command.Transaction is null ? throw new InvalidOperationException("A statement was to run outside a transaction: go through Database.ReadAsync or WriteAsync.") : result;
}

/// <summary>Turns the removal of a soft-deleted kind into an update of its two columns.</summary>
internal sealed class SoftDeletion(CurrentUser user, TimeProvider time) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Mark(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Mark(eventData.Context!);
        return new(result);
    }

    private void Mark(DbContext db)
    {
        // One moment for the whole act: restoring brings back what went together.
        var now = time.GetUtcNow();
        foreach (var entry in db.ChangeTracker.Entries<ISoftDeleted>().Where(e => e.State == EntityState.Deleted).ToList())
        {
            entry.State = EntityState.Unchanged;
            entry.Property(nameof(ISoftDeleted.DeletedAt)).CurrentValue = now;
            entry.Property(nameof(ISoftDeleted.DeletedBy)).CurrentValue = user.Id;
        }
    }
}
