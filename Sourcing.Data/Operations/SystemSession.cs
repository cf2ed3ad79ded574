using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>
/// The identity under which background work runs. It is a session like any other, so that the database knows who acts; its
/// user has no password, is switched off and cannot sign in.
/// </summary>
public sealed class SystemSession(DataSources sources, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly SemaphoreSlim _one = new(1, 1);
    private UserIdentity? _identity;
    private DateTimeOffset _renewAt;

    /// <summary>The system itself, with every internal permission.</summary>
    public async Task<UserIdentity> IdentityAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_identity is null || time.GetUtcNow() >= _renewAt)
            {
                _identity = await OpenAsync(KnownUsers.System, "Sourcing", new HashSet<Role> { Role.Admin }, TimeZoneInfo.Utc, "en-GB", ct);
                _renewAt = time.GetUtcNow() + (Life / 2);
            }

            return _identity;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A person in whose name queued work runs, with the roles that they have now.</summary>
    /// <exception cref="RefusedException">The account is gone or switched off.</exception>
    public async Task<UserIdentity> OfPersonAsync(Guid userId, CancellationToken ct)
    {
        if (userId == KnownUsers.System)
        {
            return await IdentityAsync(ct);
        }

        await using var command = sources.Auth.CreateCommand(
            """
            select u.full_name, u.time_zone_id, u.culture_name,
                coalesce((select array_agg(r.name::text) from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = u.id), '{}')
            from users u where u.id = $1 and u.disabled_at is null
            """);
        command.Parameters.Add(new() { Value = userId });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            throw new RefusedException("The account that started this work is switched off, so the work was not done. Start it again from another account.");
        }

        var roles = reader.GetFieldValue<string[]>(3).Select(name => Enum.TryParse<Role>(name, out var role) ? role : (Role?)null).OfType<Role>().ToHashSet();
        var (name, zone, culture) = (reader.GetString(0), reader.GetString(1), reader.GetString(2));
        await reader.DisposeAsync();
        return await OpenAsync(userId, name, roles, Sessions.ZoneOf(zone), culture, ct);
    }

    /// <summary>Ends a session that was opened for one piece of work.</summary>
    public async Task EndAsync(UserIdentity identity, CancellationToken ct)
    {
        if (identity.Id == KnownUsers.System)
        {
            return;
        }

        await using var command = sources.Auth.CreateCommand("update app.sessions set revoked_at = now() where token_hash = sha256(convert_to($1, 'UTF8'))");
        command.Parameters.Add(new() { Value = identity.SessionToken });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<UserIdentity> OpenAsync(Guid id, string name, IReadOnlySet<Role> roles, TimeZoneInfo zone, string culture, CancellationToken ct)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var identity = new UserIdentity(id, name, roles, null, token, zone, Sessions.CultureOf(culture));
        await using var command = sources.Auth.CreateCommand(
            """
            insert into app.sessions (id, token_hash, user_id, user_name, access, client, expires_at)
            values ($1, sha256(convert_to($2, 'UTF8')), $3, $4, $5, 'background work', now() + $6)
            """);
        foreach (var value in (object[])[Guid.CreateVersion7(), token, id, name, identity.Access.ToString().ToLowerInvariant(), Life])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
        return identity;
    }
}

/// <summary>A scope of the container that acts for somebody without a page: for jobs.</summary>
public static class JobScope
{
    /// <summary>Works as the system.</summary>
    public static async Task<T> RunAsync<T>(IServiceScopeFactory scopes, SystemSession system, Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(await system.IdentityAsync(ct));
        return await work(scope.ServiceProvider, ct);
    }

    /// <summary>Works as the system.</summary>
    /// <param name="provider">The app's container.</param>
    public static Task RunAsync(IServiceProvider provider, Func<IServiceProvider, CancellationToken, Task> work, CancellationToken ct) =>
        RunAsync(
            provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<SystemSession>(),
            async (services, token) => { await work(services, token); return true; }, ct);

    /// <summary>Works in the name of a person, with the rights that they have now.</summary>
    public static async Task<T> RunForAsync<T>(
        IServiceScopeFactory scopes, SystemSession system, Guid userId, Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var identity = await system.OfPersonAsync(userId, ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(identity);
            return await work(scope.ServiceProvider, ct);
        }
        finally
        {
            await system.EndAsync(identity, CancellationToken.None);
        }
    }

    /// <summary>Lets this transaction's statements run longer than a page's 15 seconds.</summary>
    public static async Task AllowMinutesAsync(this SourcingDb db, int minutes, CancellationToken ct)
    {
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.SetCommandTimeout(db.Database, TimeSpan.FromMinutes(minutes));
        await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(
            db.Database, $"select set_config('statement_timeout', {minutes + "min"}, true)", ct);
    }
}
