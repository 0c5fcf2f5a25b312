package dev.athanor.data.personal;

/// What is personal in a text.
public enum PersonalKind {
    EMAIL,
    /// Mainland China, mobile and landline; United States; any country where it begins with `+` or `00`.
    PHONE,
    /// Version 4 and 6.
    IP,
    /// Bank and credit cards.
    CARD,
    /// Of a resident of mainland China (GB 11643-1999).
    ID,
    /// Of people, where words beside it say so: 王先生, Mr Smith.
    NAME,
    /// Of houses: number, street and place, in Britain, the United States and mainland China.
    ADDRESS
}
