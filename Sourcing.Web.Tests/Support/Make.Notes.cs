using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Sales;

namespace Sourcing.Web.Tests.Support;

/// <summary>Three who sell: a manager, one below, and one of another team; each of the two with a customer.</summary>
public sealed record NoteWorld(UserIdentity Manager, UserIdentity Rep, UserIdentity Other, Guid CustomerId, string Customer, Guid ContactId, Guid OtherCustomerId, Guid OtherContactId);

public static partial class Make
{
    /// <summary>Representatives with customers.</summary>
    public static async Task<NoteWorld> NoteWorldAsync(TestDatabase database)
    {
        var (manager, rep, other) = (await database.UserAsync(null, [Role.SalesManager]), await database.UserAsync(null, [Role.SalesRep]), await database.UserAsync(null, [Role.SalesRep]));
        await database.SqlAsync("update sales_reps set manager_id = $1 where id = $2", manager.Id, rep.Id);
        var (mine, contact) = await CustomerOfAsync(database, rep.Id, CustomerTier.A);
        var (theirs, stranger) = await CustomerOfAsync(database, other.Id, CustomerTier.B);
        return new(manager, rep, other, mine.Id, mine.Name, contact.Id, theirs.Id, stranger.Id);
    }

    /// <summary>A customer of a representative since a day, with somebody to talk to.</summary>
    public static async Task<(Customer Customer, CustomerContact Contact)> CustomerOfAsync(TestDatabase database, Guid rep, CustomerTier tier, DateOnly? since = null)
    {
        var mark = Guid.CreateVersion7().ToString()[^8..];
        var customer = new Customer(new($"C-{mark}", $"Brinwell {mark}", tier) { Phone = "+49 555 0100" });
        customer.Assign(rep, since ?? new DateOnly(2026, 1, 5), rep);
        var contact = customer.Add(new("Nadia Ferre", "Purchasing", $"nadia.{mark}@example.test", "+49 555 0199", IsMain: true));
        await PutAsync(database, customer);
        return (customer, contact);
    }

    /// <summary>A call about the representative's customer, as the form fills it.</summary>
    public static NoteForm NoteForm(NoteWorld world, string body = "Wants the navy lot two weeks earlier.") => new() { CustomerId = world.CustomerId, Body = body };

    /// <summary>A note written by somebody at some time, past the form.</summary>
    public static async Task<Guid> NoteAsync(TestDatabase database, UserIdentity author, NoteFacts facts, DateTimeOffset now, Action<SalesNote>? then = null)
    {
        var note = new SalesNote(author.Id, facts, now);
        then?.Invoke(note);
        await using var scope = database.As(author);
        await scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                db.Add(note);
                await db.SaveChangesAsync(ct);
            },
            Ct);
        return note.Id;
    }

    /// <summary>Runs a statement as somebody on their own login, past the services: the first value when it is a number.</summary>
    public static async Task<long> RunAsync(TestDatabase database, UserIdentity person, string sql, params object[] values)
    {
        await using var connection = await database.Sources.For(person.Access).OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", connection, transaction) { Parameters = { new() { Value = person.SessionToken } } })
        {
            await begin.ExecuteNonQueryAsync(Ct);
        }

        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync(Ct) as long? ?? 0;
    }
}
