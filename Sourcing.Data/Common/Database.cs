using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Sourcing.Data.Common;

/// <summary>
/// The one door to the database for queries and services: a short-lived context, one transaction that carries the person's
/// proven identity, repeated when the server went away before anything was committed.
/// </summary>
/// <remarks>A server that stays away for five seconds is an <see cref="DatabaseAwayException"/>; broken rules, a full disk and statements stopped for their length are refusals too.</remarks>
public sealed class Database(IDbContextFactory<SourcingDb> contexts)
{
    private const int Attempts = 4;

    /// <summary>Reads in one transaction. The context is gone when the task ends: project to records inside.</summary>
    public Task<T> ReadAsync<T>(Func<SourcingDb, CancellationToken, Task<T>> read, CancellationToken ct) =>
        InTransactionAsync(read, writes: false, ct);

    /// <summary>The same, and every statement sees the tables as they were at the first: for what has to fit together.</summary>
    public Task<T> ReadMomentAsync<T>(Func<SourcingDb, CancellationToken, Task<T>> read, CancellationToken ct) =>
        InTransactionAsync(read, writes: false, ct, IsolationLevel.RepeatableRead);

    /// <summary>Acts in one transaction, committed when the delegate returns. It may run again after a lost connection, but never after a commit whose answer was lost; so it must not touch anything outside.</summary>
    public Task<T> WriteAsync<T>(Func<SourcingDb, CancellationToken, Task<T>> act, CancellationToken ct) =>
        InTransactionAsync(act, writes: true, ct);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<SourcingDb, CancellationToken, Task> act, CancellationToken ct) =>
        InTransactionAsync(async (db, token) => { await act(db, token); return true; }, writes: true, ct);

    /// <summary>
    /// Acts once per key: a second call with the same key, whether a double click, a retry or a replay, returns the first
    /// call's result and changes nothing.
    /// </summary>
    /// <param name="key">The key that the form got when it opened; not empty.</param>
    /// <param name="act">Returns the id of the record that was made or changed.</param>
    public Task<Guid> WriteOnceAsync(Guid key, Func<SourcingDb, CancellationToken, Task<Guid>> act, CancellationToken ct)
    {
        if (key == Guid.Empty)
        {
            throw new ArgumentException("A form needs a key.", nameof(key));
        }

        return InTransactionAsync(
            async (db, token) =>
            {
                var claimed = await db.Database.ExecuteSqlAsync(
                    $"insert into form_keys (key, result_id) values ({key}, null) on conflict (key) do nothing", token);
                if (claimed == 0)
                {
                    return await db.Database.SqlQuery<Guid>($"select result_id as \"Value\" from form_keys where key = {key}").SingleAsync(token);
                }

                var result = await act(db, token);
                await db.Database.ExecuteSqlAsync($"update form_keys set result_id = {result} where key = {key}", token);
                return result;
            },
            writes: true,
            ct);
    }

    private async Task<T> InTransactionAsync<T>(Func<SourcingDb, CancellationToken, Task<T>> work, bool writes, CancellationToken ct, IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (result, written) = (default(T)!, (string?)null);
            try
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                await using var transaction = await db.Database.BeginTransactionAsync(isolation, ct);
                result = await work(db, ct);
                written = writes ? await ScalarAsync(db, "select pg_current_xact_id_if_assigned()::text", ct) : null;
                await transaction.CommitAsync(ct);
                return result;
            }
            catch (Exception fault) when (DatabaseFaults.WorthRepeating(fault))
            {
                // Lost on the way back: the server knows whether the commit arrived.
                if (written is not null && await WasCommittedAsync(written, fault, ct))
                {
                    return result;
                }

                if (attempt == Attempts)
                {
                    throw new DatabaseAwayException(fault);
                }

                await PauseAsync(attempt, ct);
            }
            catch (DbUpdateConcurrencyException conflict)
            {
                throw new ConflictException(conflict);
            }
            catch (Exception fault) when (DatabaseFaults.AsRefusal(fault) is { } refusal)
            {
                throw refusal;
            }
        }
    }

    private async Task<bool> WasCommittedAsync(string transaction, Exception lost, CancellationToken ct)
    {
        if (lost is PostgresException)
        {
            return false;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                await db.Database.OpenConnectionAsync(ct);
                var status = await ScalarAsync(db, $"select pg_xact_status('{transaction}'::xid8)", ct);
                if (status is "committed" or "aborted")
                {
                    return status == "committed";
                }
            }
            catch (Exception fault) when (DatabaseFaults.WorthRepeating(fault))
            {
                lost = fault;
            }

            if (attempt == Attempts)
            {
                throw new RefusedException("The connection broke while this was being saved, and the database does not yet say whether it was. Look again in a moment before you repeat it.", lost);
            }

            await PauseAsync(attempt, ct);
        }
    }

    // 0.3, 0.9 and 2.7 seconds: a restart of the database is not noticed, and nobody waits longer than five.
    private static Task PauseAsync(int attempt, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(100 * Math.Pow(3, attempt)), ct);

    // Beside the context's own statements, so that nothing of them is counted, logged or guarded.
    private static async Task<string?> ScalarAsync(SourcingDb db, string sql, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.Transaction) = (sql, db.Database.CurrentTransaction?.GetDbTransaction());
        return await command.ExecuteScalarAsync(ct) as string;
    }
}
