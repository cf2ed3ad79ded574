using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Sourcing.Data.Common;

/// <summary>
/// The one door to the database for queries and services: a short-lived context, one transaction that carries the person's
/// proven identity, repeated when the server went away before anything was committed.
/// </summary>
public sealed class Database(IDbContextFactory<SourcingDb> contexts)
{
    /// <summary>Reads in one transaction. The context is gone when the task ends: project to records inside.</summary>
    public Task<T> ReadAsync<T>(Func<SourcingDb, CancellationToken, Task<T>> read, CancellationToken ct) =>
        InTransactionAsync(read, ct);

    /// <summary>Acts in one transaction, committed when the delegate returns. It may run again after a lost connection, so it must not touch anything outside.</summary>
    public Task<T> WriteAsync<T>(Func<SourcingDb, CancellationToken, Task<T>> act, CancellationToken ct) =>
        InTransactionAsync(act, ct);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<SourcingDb, CancellationToken, Task> act, CancellationToken ct) =>
        InTransactionAsync(async (db, token) => { await act(db, token); return true; }, ct);

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
            ct);
    }

    private async Task<T> InTransactionAsync<T>(Func<SourcingDb, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                var result = await work(db, ct);
                await transaction.CommitAsync(ct);
                return result;
            }
            catch (Exception fault) when (attempt < 4 && DatabaseFaults.WorthRepeating(fault))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * Math.Pow(3, attempt)), ct);
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
}
