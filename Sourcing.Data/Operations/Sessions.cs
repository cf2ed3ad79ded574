using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>One place where somebody is signed in.</summary>
/// <param name="Client">Browser and system in words.</param>
/// <param name="LastSeenAt">To about five minutes.</param>
public sealed record SessionRow(Guid Id, string Client, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, bool IsThis);

/// <summary>A session that a personal quote link opened: its holder acts for the supplier in this one RFQ.</summary>
/// <param name="Name">The person addressed, or the supplier where none was.</param>
public sealed record LinkSession(Guid InvitationId, string Name, Guid SupplierId, Guid RfqId, string TimeZone, string Token);

/// <summary>
/// Opens, proves and ends sessions. The token is 256 random bits: the cookie keeps it encrypted, the database its hash alone.
/// Ending one binds at the next statement, because every transaction begins with the token.
/// </summary>
public sealed class Sessions(DataSources sources, TimeProvider time)
{
    /// <summary>Life of a session whose owner asked to stay signed in on the device.</summary>
    public static readonly TimeSpan KeptLife = TimeSpan.FromDays(30);

    /// <summary>Life of any other session.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromHours(12);

    /// <summary>How long an answer of <see cref="IsAliveAsync"/> may be old.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    // By the time that has passed, not by the clock, which somebody may set.
    private readonly ConcurrentDictionary<string, (bool Alive, long At)> _known = new();

    /// <summary>Opens a session and returns its token: 64 hexadecimal digits.</summary>
    /// <param name="client">Browser and system in words; cut at 120 characters.</param>
    public async Task<string> OpenAsync(
        Guid userId, string userName, DatabaseAccess access, Guid? supplierId, Guid? rfqId, TimeSpan life, string client, CancellationToken ct)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var command = Command(
            """
            insert into app.sessions (id, token_hash, user_id, user_name, access, supplier_id, rfq_id, client, expires_at)
            values ($1, sha256(convert_to($2, 'UTF8')), $3, $4, $5, $6, $7, $8, now() + $9)
            """,
            Guid.CreateVersion7(), token, userId, userName, access.ToString().ToLowerInvariant(),
            supplierId, rfqId, client.Length > 120 ? client[..120] : client, life);
        await command.ExecuteNonQueryAsync(ct);
        if (rfqId is null)
        {
            await using var seen = Command("update users set last_sign_in_at = now() where id = $1", userId);
            await seen.ExecuteNonQueryAsync(ct);
        }

        return token;
    }

    /// <summary>
    /// Opens a session for the holder of a personal quote link. Null for a token that is unknown, revoked or expired: the three
    /// are not told apart, so that guessing teaches nothing.
    /// </summary>
    public async Task<LinkSession?> OpenLinkAsync(string linkToken, string client, CancellationToken ct)
    {
        LinkSession found;
        await using (var command = Command("select invitation_id, name, supplier_id, rfq_id, time_zone from app.find_link($1)", linkToken))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            if (!await reader.ReadAsync(ct))
            {
                return null;
            }

            found = new(reader.GetGuid(0), reader.GetString(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetString(4), "");
        }

        var token = await OpenAsync(found.InvitationId, found.Name, DatabaseAccess.Supplier, found.SupplierId, found.RfqId, UsualLife, client, ct);
        return found with { Token = token };
    }

    /// <summary>Whether the session may still be used; asks the database at most once a second for each token.</summary>
    public async Task<bool> IsAliveAsync(string token, CancellationToken ct)
    {
        var now = time.GetTimestamp();
        if (_known.TryGetValue(token, out var known) && time.GetElapsedTime(known.At, now) < Freshness)
        {
            return known.Alive;
        }

        await using var command = Command(
            """
            select last_seen_at < now() - interval '5 minutes' from app.sessions
            where token_hash = sha256(convert_to($1, 'UTF8')) and revoked_at is null and expires_at > now()
            """, token);
        var stale = await command.ExecuteScalarAsync(ct) as bool?;
        Remember(token, stale is not null, now);
        if (stale == true)
        {
            await using var seen = Command("update app.sessions set last_seen_at = now() where token_hash = sha256(convert_to($1, 'UTF8'))", token);
            await seen.ExecuteNonQueryAsync(ct);
        }

        return stale is not null;
    }

    /// <summary>Ends the session of this token, as signing out does.</summary>
    public async Task EndAsync(string token, CancellationToken ct)
    {
        await using var command = Command(
            "update app.sessions set revoked_at = now() where token_hash = sha256(convert_to($1, 'UTF8')) and revoked_at is null", token);
        await command.ExecuteNonQueryAsync(ct);
        _known.TryRemove(token, out _);
    }

    /// <summary>Ends one session of this user; does nothing to somebody else's.</summary>
    public async Task EndAsync(Guid userId, Guid sessionId, CancellationToken ct)
    {
        await using var command = Command("update app.sessions set revoked_at = now() where id = $1 and user_id = $2 and revoked_at is null", sessionId, userId);
        await command.ExecuteNonQueryAsync(ct);
        _known.Clear();
    }

    /// <summary>Ends every session of this user, on every device.</summary>
    /// <param name="except">The token of the one to keep, if any.</param>
    public async Task EndAllAsync(Guid userId, string? except, CancellationToken ct)
    {
        await using var command = Command(
            "update app.sessions set revoked_at = now() where user_id = $1 and revoked_at is null and token_hash <> sha256(convert_to($2, 'UTF8'))",
            userId, except ?? "");
        await command.ExecuteNonQueryAsync(ct);
        _known.Clear();
    }

    /// <summary>Where the user is signed in now, latest first; 100 at most.</summary>
    public async Task<IReadOnlyList<SessionRow>> ListAsync(Guid userId, string ownToken, CancellationToken ct)
    {
        await using var command = Command(
            """
            select id, client, created_at, last_seen_at, expires_at, token_hash = sha256(convert_to($2, 'UTF8')) from app.sessions
            where user_id = $1 and revoked_at is null and expires_at > now() order by last_seen_at desc, id limit 100
            """, userId, ownToken);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<SessionRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetFieldValue<DateTimeOffset>(4), reader.GetBoolean(5)));
        }

        return rows;
    }

    /// <summary>The supplier whom a portal user acts for; null for everybody else.</summary>
    public async Task<Guid?> SupplierOfAsync(Guid userId, CancellationToken ct)
    {
        await using var command = Command("select supplier_id from supplier_users where user_id = $1 and deleted_at is null", userId);
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }

    /// <summary>The identity that a fresh session of this account gives.</summary>
    public static UserIdentity IdentityOf(AppUser user, IEnumerable<string> roles, Guid? supplierId, string token) => new(
        user.Id, user.FullName, roles.Select(Enum.Parse<Role>).ToHashSet(), supplierId, token, ZoneOf(user.TimeZoneId), CultureOf(user.CultureName));

    /// <summary>The zone of this IANA name, or UTC where this machine does not know it.</summary>
    public static TimeZoneInfo ZoneOf(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The culture of this name, or British English where this machine does not know it.</summary>
    public static CultureInfo CultureOf(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en-GB");
        }
    }

    private void Remember(string token, bool alive, long now)
    {
        if (_known.Count > 5_000)
        {
            _known.Clear();
        }

        _known[token] = (alive, now);
    }

    private NpgsqlCommand Command(string sql, params object?[] parameters)
    {
        var command = sources.Auth.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            // The only values that may be missing are keys.
            command.Parameters.Add(parameter is null
                ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid }
                : new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
