namespace Sourcing.Data.Common;

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">The property's name on the form; a line's field is written <c>Lines[2].Quantity</c>.</param>
/// <param name="Message">A sentence: what is so, then how to mend it.</param>
public sealed record FieldError(string Field, string Message);

/// <summary>A no that the user can read and act on. Everything else that is thrown is a fault.</summary>
public class RefusedException : Exception
{
    /// <summary>A refusal of the whole act.</summary>
    public RefusedException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>A refusal of one field.</summary>
    public RefusedException(string field, string message) : base(message) => Errors = [new(field, message)];

    /// <summary>A refusal of several fields; never of none.</summary>
    public RefusedException(IReadOnlyList<FieldError> errors) : base(string.Join(" ", errors.Select(e => e.Message))) => Errors = errors;

    /// <summary>The fields at fault; empty when the refusal concerns the whole act.</summary>
    public IReadOnlyList<FieldError> Errors { get; } = [];
}

/// <summary>The person lacks a permission.</summary>
public sealed class DeniedException(Permission permission)
    : RefusedException("Your role does not allow this. Ask an admin if you need it.")
{
    /// <summary>The permission that was missing.</summary>
    public Permission Permission => permission;
}

/// <summary>Somebody else changed the record after the form was opened: nothing was written.</summary>
public sealed class ConflictException(Exception? inner = null)
    : RefusedException("Somebody else changed this while you were typing. Nothing of yours is lost: compare and choose.", inner);

/// <summary>The database does not answer: nothing was written, and the same may work in a moment.</summary>
public sealed class DatabaseAwayException(Exception? inner = null)
    : RefusedException("The database does not answer just now, so nothing was saved. Nothing you typed is lost: try again in a moment.", inner);

/// <summary>The record is not there, or is not for this person's eyes: the two are not told apart.</summary>
public sealed class MissingException(string what) : RefusedException($"There is no such {what}, or it is not yours to see.");
