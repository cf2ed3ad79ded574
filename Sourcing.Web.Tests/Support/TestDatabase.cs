using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs.Sealing;

namespace Sourcing.Web.Tests.Support;

/// <summary>A database of its own for one test class: take it as <c>IClassFixture&lt;TestDatabase&gt;</c>.</summary>
public sealed class TestDatabase(Postgres postgres) : IAsyncLifetime
{
    private ServiceProvider _services = null!;

    public DataSources Sources { get; private set; } = null!;

    /// <summary>The app's clock; the database has its own.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>Counts the statements of every context made from here.</summary>
    public QueryCounter Queries { get; } = new();

    /// <summary>The server's, which lies outside the database.</summary>
    public SealingKey SealingKey { get; } = SealingKey.Of(RandomNumberGenerator.GetBytes(32));

    public async ValueTask InitializeAsync()
    {
        Sources = await postgres.CloneAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(SealingKey);
        services.AddSourcingData(Sources.Server);
        services.Replace(ServiceDescriptor.Singleton(Sources));
        services.AddSingleton<Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor>(Queries);
        _services = services.BuildServiceProvider();
    }

    /// <summary>The app's services as a new user with these roles sees them. Dispose it to end the scope.</summary>
    public Task<TestScope> AsAsync(params Role[] roles) => AsAsync(null, roles);

    /// <summary>The same for somebody who acts for a supplier.</summary>
    public async Task<TestScope> AsAsync(Guid? supplierId, params Role[] roles) => As(await UserAsync(supplierId, roles));

    /// <summary>The services as a user made earlier sees them.</summary>
    public TestScope As(UserIdentity identity)
    {
        var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(identity);
        return new(scope);
    }

    /// <summary>A new user, with an account and a session in the database.</summary>
    /// <param name="rfqId">Makes the session one of a personal quote link.</param>
    public async Task<UserIdentity> UserAsync(Guid? supplierId, Role[] roles, Guid? rfqId = null)
    {
        var id = Guid.CreateVersion7();
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var name = $"{(roles.Length == 0 ? "Nobody" : roles[0].ToString())} {id.ToString()[^4..]}";
        var identity = new UserIdentity(id, name, roles.ToHashSet(), supplierId, token, TimeZoneInfo.Utc, CultureInfo.GetCultureInfo("en-GB"));
        await SqlAsync(
            """
            insert into users (id, full_name, email, user_name, normalized_email, normalized_user_name, time_zone_id, culture_name, notify_by_email, single_keys,
                email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, security_stamp, concurrency_stamp)
            values ($1, $2, $3, $3, upper($3), upper($3), 'UTC', 'en-GB', true, true, true, false, false, true, 0, gen_random_uuid()::text, gen_random_uuid()::text)
            """, id, name, $"{id}@example.test");
        foreach (var role in roles)
        {
            await SqlAsync("insert into user_roles (user_id, role_id) select $1, id from roles where name = $2", id, role.ToString());
        }

        await SqlAsync(
            "insert into app.sessions (id, token_hash, user_id, user_name, access, supplier_id, rfq_id, expires_at) values ($1, sha256(convert_to($2, 'UTF8')), $3, $4, $5, $6, $7, now() + interval '1 day')",
            Guid.CreateVersion7(), token, id, name, identity.Access.ToString().ToLowerInvariant(), (object?)supplierId ?? DBNull.Value, (object?)rfqId ?? DBNull.Value);
        return identity;
    }

    /// <summary>Runs a statement past every policy, for arranging and for looking behind the services.</summary>
    public async Task<int> SqlAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value, past every policy.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Waits until it is so: asks again at each announcement of a change, and gives up after 40 seconds.</summary>
    public async Task UntilAsync(Func<Task<bool>> so)
    {
        await using var connection = await Sources.For(DatabaseAccess.Internal).OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var listen = new NpgsqlCommand("listen sourcing", connection))
        {
            await listen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(40));
        while (!await so())
        {
            await connection.WaitAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Sources.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = Sources.Migrator.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter is DBNull ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid } : new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}

/// <summary>The services of one signed-in person.</summary>
public sealed class TestScope(AsyncServiceScope scope) : IAsyncDisposable
{
    public IServiceProvider Services => scope.ServiceProvider;

    public CurrentUser User => Get<CurrentUser>();

    public T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
