using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Sourcing.Data.Common;

/// <summary>Which errors of the server are worth a second try, and which are a no that the user can act on.</summary>
public static class DatabaseFaults
{
    /// <summary>Sentences for unique indexes and check constraints, by their name in the database. Rooms add theirs in their mapping.</summary>
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Sentences = new();

    /// <summary>Gives the broken rule of the database its words.</summary>
    public static void Explain(string constraint, string sentence) => Sentences[constraint] = sentence;

    /// <summary>True when nothing was committed and the same work may succeed now: a lost connection, a restart, a deadlock.</summary>
    public static bool WorthRepeating(Exception fault) => Inner(fault) switch
    {
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "53300" } => true,
        PostgresException => false,
        NpgsqlException { IsTransient: true } => true,
        NpgsqlException { SqlState: null, InnerException: System.IO.IOException or System.Net.Sockets.SocketException } => true,
        _ => false,
    };

    /// <summary>The refusal that stands for a broken rule of the database; null for real faults.</summary>
    public static RefusedException? AsRefusal(Exception fault) => Inner(fault) switch
    {
        PostgresException { ConstraintName: { } name } when Sentences.TryGetValue(name, out var sentence) => new RefusedException(sentence, fault),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => new RefusedException("This exists already. Reload the page to see it.", fault),
        PostgresException { SqlState: PostgresErrorCodes.RaiseException } raised => new RefusedException(raised.MessageText, fault),
        PostgresException { SqlState: "28000" or "42501" } => new RefusedException("Your session has ended or your rights have changed. Sign in again.", fault),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new RefusedException("The server's disk is full, so nothing was saved. What you typed is still here; try again when an admin has made room.", fault),
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled or "25P03" } => new RefusedException("This took too long and was stopped, so nothing was saved. Narrow it down and try again.", fault),
        // The forms say it by their fields; these are the last word, for searches, addresses and what a form forgot.
        PostgresException { SqlState: "22021" } or System.Text.EncoderFallbackException => new RefusedException("This holds a character that can be neither kept nor looked for. Type it anew, or paste it as plain text.", fault),
        PostgresException { SqlState: PostgresErrorCodes.NumericValueOutOfRange } or OverflowException => new RefusedException("A number here, or what follows from it, is larger than can be kept. Make it smaller.", fault),
        PostgresException { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: { } rule } => new RefusedException($"A rule of the database does not allow this: {Words.Spaced(rule.Replace("ck_", "", StringComparison.Ordinal).Replace('_', ' '))}. Look at the figures and try again.", fault),
        PostgresException { SqlState: PostgresErrorCodes.StringDataRightTruncation } => new RefusedException("A text here is longer than can be kept. Shorten it.", fault),
        PostgresException { SqlState: PostgresErrorCodes.DatetimeFieldOverflow } => new RefusedException("A date here is outside what can be kept. Choose another.", fault),
        _ => null,
    };

    private static Exception Inner(Exception fault) =>
        fault is DbUpdateException or InvalidOperationException && fault.InnerException is { } inner ? Inner(inner) : fault;
}
