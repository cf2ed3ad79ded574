using System.ComponentModel.DataAnnotations;

namespace Sourcing.Data.Common;

/// <summary>What every form carries besides its fields.</summary>
public interface IForm
{
    /// <summary>Made when the form opens: a second click or a retry with the same key gives the same record.</summary>
    Guid FormKey { get; }
}

/// <summary>Checks the data annotations and <see cref="IValidatableObject"/> rules of a form.</summary>
public static class FormShape
{
    /// <summary>Refuses with every field at fault. The service calls it again after the page did.</summary>
    public static void Demand(object form)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(form, new ValidationContext(form), results, validateAllProperties: true);
        if (results.Count > 0)
        {
            throw new RefusedException([.. results.Select(r => new FieldError(r.MemberNames.FirstOrDefault() ?? "", r.ErrorMessage ?? "Not valid."))]);
        }
    }
}
