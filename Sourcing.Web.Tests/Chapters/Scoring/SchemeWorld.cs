using Npgsql;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Scoring;

/// <summary>What tests of schemes say again and again.</summary>
internal static class SchemeWorld
{
    public static DateOnly Running => new DateOnly(Today.Year, Today.Month, 1);

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string Month(DateOnly month) => month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A scheme of the network by its key.</summary>
    public static Task<Guid> NetworkAsync(TestDatabase database, string key = "global-2025") =>
        database.ScalarAsync<Guid>("select id from score_schemes where chapter_id is null and key = $1 and number = 1", key);

    /// <summary>A chapter's own draft, copied from Global 2025, in which any visitor gives 25 points.</summary>
    public static async Task<Guid> DraftAsync(TestDatabase database, UserIdentity leader, Guid chapter, string name = "Our own")
    {
        await using var scope = database.As(leader);
        var draft = await scope.Get<ScoreSchemeService>().CopyAsync(new() { FromId = await NetworkAsync(database), ChapterId = chapter, Name = name }, Ct);
        var form = await scope.Get<ScoreSchemeQueries>().FormAsync(draft, Ct);
        form.Rules[3].Steps.RemoveRange(0, 4);
        form.Rules[3].Steps[0].Points = 25;
        await scope.Get<ScoreSchemeService>().SaveAsync(form, Ct);
        return draft;
    }

    /// <summary>Scores a chapter by a version from a month on.</summary>
    public static async Task UseAsync(TestDatabase database, UserIdentity person, Guid scheme, Guid? chapter, DateOnly from)
    {
        await using var scope = database.As(person);
        var version = (await scope.Get<ScoreSchemeQueries>().DetailsAsync(scheme, Ct))?.Row.Version ?? 0;
        await scope.Get<ScoreSchemeService>().UseAsync(new() { SchemeId = scheme, Version = version, ChapterId = chapter, FromMonth = Month(from) }, Ct);
    }

    /// <summary>Keeps the points of a month, as closing it does.</summary>
    public static async Task StoreAsync(TestDatabase database, UserIdentity person, Guid chapter, DateOnly month)
    {
        await using var scope = database.As(person);
        await scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            await MemberScores.StoreAsync(db, chapter, "EUR", month, ct);
            await db.SaveChangesAsync(ct);
        }, Ct);
    }

    /// <summary>A statement as this person, on their own login.</summary>
    public static async Task<T> SqlAsync<T>(TestDatabase database, UserIdentity person, string sql)
    {
        await using var connection = await database.Sources.For(person.Access).OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", connection) { Parameters = { new() { Value = person.SessionToken } } })
        {
            await begin.ExecuteNonQueryAsync(Ct);
        }

        await using var command = new NpgsqlCommand(sql, connection);
        return typeof(T) == typeof(int) ? (T)(object)await command.ExecuteNonQueryAsync(Ct) : (T)(await command.ExecuteScalarAsync(Ct))!;
    }
}
