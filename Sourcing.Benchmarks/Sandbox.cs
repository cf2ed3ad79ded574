using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Embedded;

namespace Sourcing.Benchmarks;

/// <summary>A server of its own with an empty, migrated database and one signed-in admin; gone when disposed.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private readonly PrivateCluster _cluster;
    private readonly ServiceProvider _services;

    private Sandbox(PrivateCluster cluster, DataSources sources, ServiceProvider services, UserIdentity user) =>
        (_cluster, Sources, _services, User) = (cluster, sources, services, user);

    public DataSources Sources { get; }

    public UserIdentity User { get; }

    public static async Task<Sandbox> StartAsync(Action<IServiceCollection>? more = null)
    {
        var ct = CancellationToken.None;
        var cluster = await PrivateCluster.StartThrowAwayAsync(ct);
        await cluster.EnsureDatabaseAsync("trial", ct);
        var sources = new DataSources(cluster.ConnectionString("trial"));
        await Migrator.MigrateAsync(sources, ct);
        var services = new ServiceCollection();
        services.AddLogging();
        more?.Invoke(services);
        services.AddSourcingData(sources.Server);
        services.Replace(ServiceDescriptor.Singleton(sources));
        var user = new UserIdentity(
            Guid.CreateVersion7(), "Trial admin", new HashSet<Role> { Role.Admin }, null, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), TimeZoneInfo.Utc, CultureInfo.GetCultureInfo("en-GB"));
        var sandbox = new Sandbox(cluster, sources, services.BuildServiceProvider(), user);
        await sandbox.SqlAsync(
            """
            insert into users (id, full_name, email, user_name, normalized_email, normalized_user_name, time_zone_id, culture_name, notify_by_email, single_keys, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            values ($1, $2, $3, $3, upper($3), upper($3), 'UTC', 'en-GB', true, true, true, false, false, true, 0)
            """, user.Id, user.Name, "trial@example.test");
        await sandbox.SqlAsync(
            "insert into app.sessions (id, token_hash, user_id, user_name, access, expires_at) values ($1, sha256(convert_to($2, 'UTF8')), $3, $4, 'internal', now() + interval '1 day')",
            Guid.CreateVersion7(), user.SessionToken, user.Id, user.Name);
        return sandbox;
    }

    /// <summary>A scope of the signed-in admin.</summary>
    public AsyncServiceScope Scope()
    {
        var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(User);
        return scope;
    }

    /// <summary>Runs a statement past every policy.</summary>
    public async Task SqlAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value, past every policy.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Sources.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = Sources.Migrator.CreateCommand(sql);
        command.CommandTimeout = 600;
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
